"""Forks one confined process after another, each from interpreter and modules that are already loaded.

It is process 1 of its namespace, so that no signal from inside ends it; it never runs a program itself. The host
writes one JSON line a command and reads one line back:

    {"start": {role, …}, "limits": {…}, …}   forks a process for that role, then as below
    {"ask": [line, …], …}   each goes to the process, until it ends   {"replies": [{…}, …]}
    {"stop": true}          kills it                                  {"clean": whether it left nothing}


A script is forked anew for every line asked.
"""

import gc
import json
import os
import random
import signal
import sys

import child
import confine
import conversation

# Beside where the commands come from; what is forked closes both.
HOST_OUT = 63

# Loaded once, here, for the sake of the programs.
import bisect, collections, copy, dataclasses, datetime, decimal, fractions, functools, heapq, io  # noqa: F401, E401
import itertools, math, operator, re, statistics, string, types, typing  # noqa: F401, E401


def serve(commands):
    """`commands` reads what the host sends, from a descriptor out of the way."""
    sink = take_standard_streams()
    for name in (signal.SIGINT, signal.SIGPIPE, signal.SIGXFSZ):
        signal.signal(name, signal.SIG_DFL if name == signal.SIGINT else signal.SIG_IGN)
    random.seed(0)
    confine.settle()
    # What is there now stays for ever; the collector in a forked process need not touch, and so copy, it.
    gc.collect()
    gc.freeze()
    state = {"child": None, "job": None, "limits": None, "scratch": scratch_folder()}
    for line in commands:
        command = json.loads(line)
        if "start" in command:
            start(state, command)
        reply = ask(state, command) if "ask" in command else {}
        if "stop" in command:
            reply.update(stop(state))
        sink.write(json.dumps(reply).encode() + b"\n")
        sink.flush()


def take_standard_streams():
    """Moves the host's pipes out of the way: 0, 1 and 2 are as a program is to find them. Returns the one to write to."""
    sink = os.fdopen(os.dup2(1, HOST_OUT), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1):
        os.dup2(nothing, standard)
    os.close(nothing)
    sys.stdin = sys.__stdin__ = child.open_input()
    return sink


def start(state, command):
    state["job"], state["limits"] = command["start"], command["limits"]
    if state["job"]["role"] != "script":
        state["child"] = child.fork(state["job"], state["limits"])


def ask(state, command):
    if state["job"]["role"] != "script":
        return {"replies": exchange(state, command["ask"])}
    replies = []
    for line in command["ask"]:
        replies.append(run_on(state, line))
        if "ended" in replies[-1]:
            break
    return {"replies": replies}


def stop(state):
    if state["child"]:
        end(state)
    return {"clean": scratch_folder() == state["scratch"]}


def scratch_folder():
    """Changes with every change to the folder itself: what is made in it, its mode, its times, its attributes."""
    return os.stat("/tmp").st_ctime_ns


def exchange(state, lines):
    """Lines to the running process, as many back; when something else happens, that is its end."""
    if state["child"] is None:
        return [{"ended": "crash", "detail": "the process had ended"}]
    replies = conversation.converse(state["child"], lines, state["limits"])
    if "ended" in replies[-1]:
        how = end(state)
        replies[-1]["detail"] = replies[-1]["detail"] or how
    return replies


def run_on(state, line):
    """A fresh process that runs the script on the input in `line`."""
    state["child"] = child.fork(state["job"], state["limits"])
    data = json.loads(line)["input"].encode("utf-8", "surrogatepass")
    outcome = conversation.feed_and_collect(state["child"], data, state["limits"])
    how = end(state)
    if "ended" in outcome:
        return outcome
    if how.startswith("signal"):
        return {"ended": "crash", "detail": how}
    output = outcome["output"].decode("utf-8", "replace")
    error = outcome["error"].decode("utf-8", "replace").strip().split("\n")[-1]
    return {"line": json.dumps({"status": int(how.split()[1]), "output": output, "error": error[:300]})}


def end(state):
    ended, state["child"] = state["child"], None
    return child.end(ended)
