"""Forks one confined process after another, each from interpreter and modules that are already loaded.

It is process 1 of its namespace, so that no signal from inside ends it; it never runs a program itself. The host
writes one JSON line a command and reads one line back; a command may hold all three parts, done in this order:

    {"start": {"role", "job", "limits"}}   a guest that is given the job (JSON in a text), under the limits
    {"ask": [line, …]}                     each goes to the guest, until it ends     {"replies": [{…}, …]}, and
                                           {"replies": […], "more": true} before it where they are long
    {"stop": true}                         ends it                                   {"clean": it left nothing behind}
"""

import gc
import os
import random
import signal
import sys

import child
import confine
import guests
import json_lines
import scratch

# Loaded once, here, for the sake of the programs.
import bisect, collections, copy, dataclasses, datetime, decimal, fractions, functools, heapq, io  # noqa: F401, E401
import itertools, math, operator, re, statistics, string, types, typing  # noqa: F401, E401

# Beside where the commands come from; what is forked closes both.
HOST_OUT = 63


def serve(commands):
    """`commands` reads what the host sends, from a descriptor out of the way."""
    take_standard_streams()
    for name in (signal.SIGINT, signal.SIGPIPE, signal.SIGXFSZ):
        signal.signal(name, signal.SIG_DFL if name == signal.SIGINT else signal.SIG_IGN)
    random.seed(0)
    confine.settle()
    # What is there now stays for ever; the collector in a forked process need not touch, and so copy, it.
    gc.collect()
    gc.freeze()
    scratch.begin()
    guest = None
    guests.fork_ahead(guests.Answering)
    for line in commands:
        command, reply = json_lines.loads(line.decode()), {}
        if "start" in command:
            guest = guests.start(**command["start"])
        if "ask" in command:
            reply["replies"] = said_in_parts(guest.ask(command["ask"]))
        if "stop" in command:
            guest.end()
            reply["clean"] = scratch.untouched()
        child.write_line(HOST_OUT, json_lines.dumps(reply))
        guests.fork_ahead(type(guest))


# The host reads a line at a time, and does nothing else meanwhile.
LONGEST_PART = 1 << 20


def said_in_parts(replies):
    """Sends what there is so far to the host wherever it has become long. Returns what is left."""
    part, length = [], 0
    for reply in replies:
        if length > LONGEST_PART:
            child.write_line(HOST_OUT, json_lines.dumps({"replies": part, "more": True}))
            part, length = [], 0
        part.append(reply)
        length += len(reply.get("line", ""))
    return part


def take_standard_streams():
    """Moves the host's pipes out of the way: 0, 1 and 2 are as a program is to find them."""
    os.dup2(1, HOST_OUT)
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1):
        os.dup2(nothing, standard)
    os.close(nothing)
    sys.stdin = sys.__stdin__ = child.open_input()
