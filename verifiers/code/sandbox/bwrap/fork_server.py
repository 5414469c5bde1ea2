"""Forks one confined process after another, each from interpreter and modules that are already loaded.

It is process 1 of its namespace, so that no signal from inside ends it; it never runs a program itself. The host
writes one JSON line a command and reads one line back:

    {"start": {role, …}, "limits": {…}, "ask": …}   forks a process for that role, then as below
    {"ask": [line, …]}              each goes to the process, until it ends   {"replies": [{…}, …]}
    {"stop": true}                  kills it                                  {"stopped": whether nothing is left}

A script is forked anew for every line asked.
"""

import gc
import json
import os
import signal
import sys

import child
import confine
import conversation

# Loaded once, here, for the sake of the programs.
import bisect, collections, copy, dataclasses, datetime, decimal, fractions, functools, heapq, io  # noqa: F401, E401
import itertools, math, operator, random, re, statistics, string, types, typing  # noqa: F401, E401


def serve():
    for name in (signal.SIGINT, signal.SIGPIPE, signal.SIGXFSZ):
        signal.signal(name, signal.SIG_DFL if name == signal.SIGINT else signal.SIG_IGN)
    confine.hide()
    # What is there now stays for ever; the collector in a forked process need not touch, and so copy, it.
    gc.collect()
    gc.freeze()
    state = {"child": None, "job": None, "limits": None, "filter": confine.seccomp_filter()}
    for line in sys.stdin.buffer:
        command = json.loads(line)
        if "start" in command:
            start(state, command)
        answer(ask(state, command) if "ask" in command else stop(state))


def answer(reply):
    sys.stdout.buffer.write(json.dumps(reply).encode() + b"\n")
    sys.stdout.buffer.flush()


def start(state, command):
    state["job"], state["limits"] = command["start"], command["limits"]
    if state["job"]["role"] != "script":
        state["child"] = child.fork(state["job"], state["limits"], state["filter"])


def ask(state, command):
    replies = []
    for line in command["ask"]:
        reply = run_on(state, line) if state["job"]["role"] == "script" else exchange(state, line)
        replies.append(reply)
        if "ended" in reply:
            break
    return {"replies": replies}


def stop(state):
    if state["child"]:
        end(state)
    return {"stopped": not os.listdir("/tmp")}


def exchange(state, line):
    """One line to the running process and one back; when something else happens, that is its end."""
    if state["child"] is None:
        return {"ended": "crash", "detail": "the process had ended"}
    reply = conversation.converse(state["child"], line.encode() + b"\n", state["limits"])
    if "ended" in reply:
        how = end(state)
        reply["detail"] = reply["detail"] or how
    return reply


def run_on(state, line):
    """A fresh process that runs the script on the input in `line`."""
    state["child"] = child.fork(state["job"], state["limits"], state["filter"])
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
