"""One confined process of the fork server, and what it does there."""

import json
import os
import select
import signal
import sys

import checker
import confine
import functions
import script

# Where a process that answers requests has its two pipes; 0, 1 and 2 are the program's.
SOURCE, SINK = 60, 61


def fork(job, limits):
    """A confined process for the job: its id, the pipes to it, and for a script a descriptor that tells its end."""
    scripted = job["role"] == "script"
    to_child, from_host = os.pipe()
    from_child, to_host = os.pipe()
    errors, errors_in = os.pipe() if scripted else (None, None)
    pid = os.fork()
    if pid == 0:
        try:
            become(job, limits, (to_child, to_host, errors_in))
        finally:
            os._exit(70)
    os.close(to_child)
    os.close(to_host)
    if scripted:
        os.close(errors_in)
        os.set_blocking(errors, False)
    os.set_blocking(from_host, False)
    os.set_blocking(from_child, False)
    exit = os.pidfd_open(pid) if scripted else None
    return {"pid": pid, "in": from_host, "out": from_child, "err": errors, "exit": exit}


def become(job, limits, pipes):
    source, sink, errors = pipes
    if job["role"] == "script":
        for fd, standard in ((source, 0), (sink, 1), (errors, 2)):
            os.dup2(fd, standard)
        os.closerange(3, 256)
        confine.confine(limits)
        be_script(job)
    else:
        os.dup2(source, SOURCE)
        os.dup2(sink, SINK)
        os.closerange(3, SOURCE)
        os.closerange(SINK + 1, 256)
        confine.confine(limits)
        be_server(job, os.fdopen(SOURCE, "rb"), os.fdopen(SINK, "wb"))


def open_input():
    return open(0, encoding="utf-8", errors="surrogateescape", closefd=False)


def renew_standard_streams():
    sys.stdin = open_input()
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
    os.kill(child["pid"], signal.SIGKILL)
    _, status = os.waitpid(child["pid"], 0)
    for fd in (child["in"], child["out"], child["err"], child["exit"]):
        if fd is not None:
            os.close(fd)
    return "signal %d" % os.WTERMSIG(status) if os.WIFSIGNALED(status) else "exit %d" % os.WEXITSTATUS(status)
