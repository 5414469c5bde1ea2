"""One confined process of the fork server, and what it does there."""

import json
import os
import random
import select
import signal
import sys

import checker
import confine
import functions
import script


def fork(job, limits, filtered):
    """A confined process for the job: its id, the pipes to it, and a descriptor that tells its end."""
    to_child, from_host = os.pipe()
    from_child, to_host = os.pipe()
    errors, errors_in = os.pipe() if job["role"] == "script" else (None, None)
    pid = os.fork()
    if pid == 0:
        try:
            become(job, limits, filtered, (to_child, to_host, errors_in))
        finally:
            os._exit(70)
    for fd in (to_child, to_host) + ((errors_in,) if errors_in is not None else ()):
        os.close(fd)
    for fd in (from_host, from_child) + ((errors,) if errors is not None else ()):
        os.set_blocking(fd, False)
    return {"pid": pid, "in": from_host, "out": from_child, "err": errors, "exit": os.pidfd_open(pid)}


def become(job, limits, filtered, pipes):
    source, sink, errors = pipes
    os.setsid()
    random.seed(0)
    if job["role"] == "script":
        for fd, standard in ((source, 0), (sink, 1), (errors, 2)):
            os.dup2(fd, standard)
        os.closerange(3, 256)
        confine.confine(limits, filtered)
        be_script(job)
    else:
        source, sink = os.dup2(source, 60), os.dup2(sink, 61)
        nothing = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(nothing, standard)
        os.closerange(3, 60)
        os.closerange(62, 256)
        # Output has nothing in its buffers; input might, and it would be the host's.
        sys.stdin = sys.__stdin__ = open_input()
        confine.confine(limits, filtered)
        be_server(job, os.fdopen(source, "rb"), os.fdopen(sink, "wb"))


def open_input():
    return open(0, encoding="utf-8", errors="surrogateescape", closefd=False)


def renew_standard_streams():
    sys.stdin = sys.__stdin__ = open_input()
    sys.stdout = open(1, "w", encoding="utf-8", errors="surrogateescape", closefd=False)
    sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False, buffering=1)


def be_script(job):
    renew_standard_streams()
    status, error = script.run_script(job["source"])
    for stream in (sys.stdout, sys.__stdout__):
        try:
            stream.flush()
        except Exception as raised:
            status, error = status or 1, error or type(raised).__name__
    os.write(2, ("\n" + error).encode("utf-8", "replace"))
    os._exit(status & 255 if status & 255 or not status else 1)


def be_server(job, source, sink):
    def exchange(line):
        sink.write(line.encode() + b"\n")
        sink.flush()
        return source.readline().decode()

    if job["role"] == "checker":
        source.readline()
        exchange(json.dumps(checked(job, exchange)))
        os._exit(0)
    reply = functions.functions(job)
    line = source.readline().decode()
    while line:
        line = exchange(reply(line))
    os._exit(0)


def checked(job, exchange):
    try:
        return {"results": checker.check(job, exchange)}
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return {"unreadable": (type(error).__name__ + ": " + str(error))[:300]}


def end(child):
    """Kills the process unless it has ended, and says how it did: `exit 1`, `signal 11`."""
    for fd in (child["in"], child["out"], child["err"]):
        if fd is not None:
            os.close(fd)
    if not exited(child, 0):
        os.kill(child["pid"], signal.SIGKILL)
    _, status = os.waitpid(child["pid"], 0)
    os.close(child["exit"])
    return "signal %d" % os.WTERMSIG(status) if os.WIFSIGNALED(status) else "exit %d" % os.WEXITSTATUS(status)


def exited(child, seconds):
    return bool(select.select([child["exit"]], [], [], seconds)[0])
