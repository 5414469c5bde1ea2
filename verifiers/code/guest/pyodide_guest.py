"""The Python end of the Deno runner: one job, then one answer for every line."""

import io
import sys
import threading

import checker
import functions
import json_lines
import script

# Loaded once, into the snapshot, for the sake of the programs.
import asyncio, bisect, collections, copy, dataclasses, datetime, decimal, enum, fractions  # noqa: F401, E401
import functools, heapq, itertools, math, operator, random, re, statistics, string, types, typing  # noqa: F401, E401

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
    def respond(_line):
        renew_standard_streams()
        status, error = script.run_script(job["source"])
        for stream in (sys.stdout, sys.__stdout__):
            try:
                stream.flush()
            except Exception as raised:
                status, error = status or 1, error or type(raised).__name__
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
