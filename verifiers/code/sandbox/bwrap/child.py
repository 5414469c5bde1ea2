"""One confined process of the fork server, and what it does there."""

import os
import signal
import sys

import checker
import confine
import functions
import json_lines
import library
import script

# Where a process that answers requests has its two pipes; 0, 1 and 2 are the program's.
SOURCE, SINK = 60, 61
# What stands in front of each request and of its answer: nobody answers before the request is there.
TAG_BYTES = 4


def fork(run):
    """A confined process that waits for a job, and the pipes to it. `run` is `be_server` or `be_script`."""
    source, into = os.pipe()
    out, sink = os.pipe()
    errors, errors_sink = os.pipe() if run is be_script else (None, None)
    pid = os.fork()
    if pid == 0:
        try:
            os.setsid()
            run(source, sink, errors_sink)
        finally:
            os._exit(70)
    for fd in (source, sink, errors_sink):
        if fd is not None:
            os.close(fd)
    os.set_blocking(into, False)
    return {"pid": pid, "in": into, "out": out, "err": errors}


def framed(job):
    """The job as a waiting process reads it: its length, so that it reads no more."""
    data = job.encode()
    return b"%08x" % len(data) + data


def wait_for_job(fd):
    """Reads as much as the job is long: what follows is the program's own input."""
    return json_lines.loads(read_exactly(fd, int(read_exactly(fd, 8), 16)).decode())


def read_exactly(fd, missing):
    """Ends the process where whoever was to write is gone: nothing more is wanted of it."""
    parts = []
    while missing:
        part = os.read(fd, missing)
        if not part:
            os._exit(70)
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


# An input up to this size lies in a file of its own, so that programs may ask for its size; a longer one is a pipe.
LARGEST_FILE = 4 << 20


def framed_input(data):
    return (b"%08x" % len(data) if len(data) <= LARGEST_FILE else b"ffffffff") + data


def take_input():
    """Makes standard input the program's own, a file where it is not too long."""
    size = int(read_exactly(0, 8), 16)
    if size > LARGEST_FILE:
        return
    file = library.nameless_file(read_exactly(0, size))
    os.dup2(file, 0)
    os.close(file)


def open_input():
    return open(0, encoding="utf-8", errors="surrogateescape", closefd=False)


def renew_standard_streams():
    sys.stdin = open_input()
    sys.stdout = open(1, "w", encoding="utf-8", errors="surrogateescape", closefd=False)
    sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False, buffering=1)


def be_script(source, sink, errors):
    for fd, standard in ((source, 0), (sink, 1), (errors, 2)):
        os.dup2(fd, standard)
    os.closerange(3, 256)
    confine.confine()
    job = wait_for_job(0)
    take_input()
    compiled = library.placed(job["library"]) if "library" in job else None
    confine.limit(job)
    confine.become_visible()
    if compiled is not None:
        library.run_main(compiled)
    renew_standard_streams()
    status, error = script.run_script(job["source"])
    os.write(2, ("\n" + error).encode("utf-8", "replace"))
    os._exit(status & 255 if status & 255 or not status else 1)


def be_server(source, sink, _):
    os.dup2(source, SOURCE)
    os.dup2(sink, SINK)
    os.closerange(3, SOURCE)
    os.closerange(SINK + 1, 256)
    confine.confine()
    job = wait_for_job(SOURCE)
    confine.limit(job)
    lines = read_lines(SOURCE)
    tag = ""

    def heard():
        nonlocal tag
        line = next(lines, "")
        tag = line[: 2 * TAG_BYTES]
        return line[2 * TAG_BYTES :]

    def exchange(line):
        write_line(SINK, tag + line)
        return heard()

    line = heard()
    if job["role"] == "checker":
        exchange(json_lines.dumps(checked(job, exchange)))
        os._exit(0)
    reply = functions.functions(job)
    while line:
        line = exchange(reply(line))
    os._exit(0)


def read_lines(fd, read=os.read):
    """The lines that come from a pipe, without the objects that Python puts in front of a descriptor."""
    parts = []
    while True:
        chunk = read(fd, 65536)
        if not chunk:
            return
        *ends, rest = chunk.split(b"\n")
        for end in ends:
            line = b"".join((*parts, end)) if parts else end
            parts = []
            yield line.decode()
        if rest:
            parts.append(rest)


def write_line(fd, line, write=os.write):
    data = memoryview(line.encode() + b"\n")
    while data:
        data = data[write(fd, data) :]


def checked(job, exchange):
    try:
        return {"results": checker.check(job, exchange)}
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return {"unreadable": (type(error).__name__ + ": " + str(error))[:300]}


def end(child):
    """Kills the process unless it has ended, and says how it did: `exit 1`, `signal 11`."""
    os.kill(child["pid"], signal.SIGKILL)
    _, status = os.waitpid(child["pid"], 0)
    for fd in (child["in"], child["out"], child["err"]):
        if fd is not None:
            os.close(fd)
    return "signal %d" % os.WTERMSIG(status) if os.WIFSIGNALED(status) else "exit %d" % os.WEXITSTATUS(status)
