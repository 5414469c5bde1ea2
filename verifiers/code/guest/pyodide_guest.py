"""The Python end of the Deno runner: one job, then one answer for every line."""

import io
import os
import sys
import threading
import types

import checker
import functions
import json_lines
import script

# Loaded once, into the snapshot, for the sake of the programs.
import asyncio, bisect, collections, concurrent.futures, copy, dataclasses, datetime, decimal, enum, fractions  # noqa: F401, E401
import functools, heapq, itertools, math, operator, random, re, statistics, string, typing  # noqa: F401, E401

state = {}


def begin(job, exchange):
    job = json_lines.loads(job)
    random.seed(0)
    state["answer"] = {"functions": serve_functions, "script": serve_script, "checker": serve_checker}[job["role"]](
        job, exchange
    )


def answer(line):
    return state["answer"](line)


def serve_functions(job, _):
    reply = functions.functions(job)

    def respond(line):
        renew_standard_streams()
        return reply(line)

    return respond


def serve_script(job, _):
    def respond(line):
        renew_standard_streams()
        state["input"] = len(json_lines.loads(line)["input"].encode("utf-8", "surrogatepass"))
        status, error = script.run_script(job["source"])
        return json_lines.dumps({"status": status, "error": error})

    return respond


def serve_checker(job, exchange):
    def respond(_line):
        try:
            return json_lines.dumps({"results": checker.check(job, exchange)})
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            return json_lines.dumps({"unreadable": (type(error).__name__ + ": " + str(error))[:300]})

    return respond


def renew_standard_streams():
    sys.stdin = open(0, encoding="utf-8", errors="surrogateescape", closefd=False)
    sys.stdout = open(1, "w", encoding="utf-8", errors="surrogateescape", closefd=False)
    sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False)


def fstat(descriptor, status=os.fstat):
    """Standard input has a size, as a file has from which it is redirected: contests' programs read as much."""
    found = status(descriptor)
    return os.stat_result((*found[:6], state["input"], *found[7:10])) if descriptor == 0 and "input" in state else found


os.fstat = fstat


class Resources(types.ModuleType):
    """WebAssembly has no `resource`. Programs raise limits with it, which are not theirs to set in any runner."""

    RLIM_INFINITY = -1
    RLIMIT_CPU, RLIMIT_FSIZE, RLIMIT_DATA, RLIMIT_STACK, RLIMIT_NOFILE, RLIMIT_AS = 0, 1, 2, 3, 7, 9

    @staticmethod
    def getrlimit(_which):
        return (-1, -1)

    @staticmethod
    def setrlimit(_which, _limits):
        pass


sys.modules["resource"] = Resources("resource")
sys.modules["readline"] = types.ModuleType("readline")


class InlineThread(threading.Thread):
    """WebAssembly has no threads. One that is started runs to its end at once, as a program with `join` expects."""

    def start(self):
        if self._started.is_set():
            raise RuntimeError("threads can only be started once")
        self._started.set()
        try:
            self.run()
        except SystemExit:
            pass

    def join(self, timeout=None):
        pass

    def is_alive(self):
        return False


threading.Thread = InlineThread


class InlineExecutor(concurrent.futures.Executor):
    """The same for a pool of threads: what is handed in is done by the time that it is."""

    def __init__(self, max_workers=None, thread_name_prefix="", initializer=None, initargs=()):
        if initializer is not None:
            initializer(*initargs)

    def submit(self, function, /, *given, **named):
        future = concurrent.futures.Future()
        try:
            future.set_result(function(*given, **named))
        except BaseException as raised:
            future.set_exception(raised)
        return future


concurrent.futures.ThreadPoolExecutor = InlineExecutor
