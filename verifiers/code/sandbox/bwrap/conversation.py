"""Talking to a confined process under its limits of time and output."""

import os
import select
import time

TICK = 0.05
ERROR_TAIL = 2000


def converse(child, line, limits):
    """Sends one line and waits for one: {"line": text}, or {"ended": why, "detail": text}."""
    return pump(child, line, limits, until_line=True)


def feed_and_collect(child, data, limits):
    """Feeds all of its input and collects its output until it ends: {"output", "error"}, or {"ended", "detail"}."""
    return pump(child, data, limits, until_line=False)


def pump(child, data, limits, until_line):
    """Feeds `data` and collects what comes back, until a line is whole or the process closes its output."""
    begun, used = time.monotonic(), cpu_seconds(child["pid"])
    output, error, seen, sending = bytearray(), b"", 0, True
    reading = {fd for fd in (child["out"], child["err"]) if fd is not None}
    while True:
        # Once both pipes are closed, what is left to wait for is the process itself.
        ready, writable, _ = select.select(reading or [child["exit"]], [child["in"]] if sending else [], [], TICK)
        if writable:
            data, sending = feed(child, data, until_line)
        if ready and not reading:
            return {"ended": "crash", "detail": ""} if until_line else {"output": output, "error": error}
        for fd in reading.intersection(ready):
            chunk = os.read(fd, 65536)
            seen += len(chunk)
            if not chunk:
                reading.discard(fd)
            elif fd == child["err"]:
                error = (error + chunk)[-ERROR_TAIL:]
            elif fd == child["out"]:
                output += chunk
        if seen > limits["output"]:
            return {"ended": "output", "detail": "more than %d bytes of output" % limits["output"]}
        if until_line and output.endswith(b"\n"):
            return {"line": output.decode("utf-8", "replace").rstrip("\n")}
        if cpu_seconds(child["pid"]) - used > limits["seconds"]:
            return {"ended": "time", "detail": "more than %.3g s of processor time" % limits["seconds"]}
        if time.monotonic() - begun > limits["wallSeconds"]:
            return {"ended": "time", "detail": "more than %.3g s" % limits["wallSeconds"]}


def feed(child, data, keep_open):
    """Writes what the pipe takes, closing it at the end unless told not to. Returns what is left, and whether any is."""
    try:
        data = data[os.write(child["in"], data[:65536]) :] if data else data
    except BlockingIOError:
        return data, True
    except BrokenPipeError:
        data = b""
    if not data and not keep_open:
        os.close(child["in"])
        child["in"] = None
    return data, bool(data)


def cpu_seconds(pid):
    """Processor time of a process, all its threads (the clock's number is Linux's own encoding of the id)."""
    try:
        return time.clock_gettime((~pid << 3) | 2)
    except OSError:
        return 0.0
