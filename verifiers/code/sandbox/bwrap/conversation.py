"""Talking to a confined process under its limits of time and output."""

import os
import select
import time

import scratch

TICK = 0.05
ERROR_TAIL = 2000
# All replies to requests that came together: the host has them in its memory at once.
LONGEST_REPLIES = 32 << 20
TEXT = bytes(range(32, 127))


def converse(child, data, tags, limits):
    """Sends requests and gives as many replies: {"line": text} …, the last perhaps {"ended": why, "detail"}.

    The process finds them all in its pipe at once; a request begins, and its limits with it, when the one before it
    is answered.
    """
    data, tags, pending, meter, length = memoryview(data), list(tags), bytearray(), Meter(child, limits), 0
    while tags:
        ready, data = feed_and_wait(child, data, [child["out"]], keep_open=True)
        if ready:
            chunk = os.read(child["out"], 65536)
            if not chunk:
                yield {"ended": "crash", "detail": ""}
                return
            pending += chunk
            length += len(chunk)
            if length > LONGEST_REPLIES:
                yield {"ended": "output", "detail": "more than %d bytes" % LONGEST_REPLIES}
                return
            if b"\n" in chunk:
                *whole, pending = pending.split(b"\n")
                for line in whole[: len(tags)]:
                    yield marked({"line": answer(line, tags.pop(0))}, meter)
                    meter.close = False
                meter = Meter(child, limits)
        exceeded = meter.exceeded(len(pending)) if tags else None
        if exceeded:
            yield exceeded
            return


def marked(reply, meter):
    if meter.close:
        reply["close"] = True
    return reply


def answer(line, tag):
    """What the process said to the request of this tag; nothing where it said what our side never writes.

    Ours is ASCII without control characters. What is not would become six times as long on its way to the host.
    """
    if not line.startswith(tag) or line.translate(None, TEXT):
        return "{}"
    return line[len(tag) :].decode()


def feed_and_collect(child, data, limits):
    """Feeds all of its input and collects its output until it ends: {"output", "error"}, or {"ended", "detail"}."""
    gone = os.pidfd_open(child["pid"])
    try:
        return collect(child, memoryview(data), limits, gone)
    finally:
        os.close(gone)


def collect(child, data, limits, gone):
    output, error, seen, meter = bytearray(), b"", 0, Meter(child, limits)
    reading = {child["out"], child["err"]}
    while True:
        # Once both pipes are closed, what is left to wait for is the process itself.
        ready, data = feed_and_wait(child, data, list(reading) or [gone], keep_open=False)
        if ready and not reading:
            return marked({"output": output, "error": error}, meter)
        for fd in reading.intersection(ready):
            chunk = os.read(fd, 65536)
            seen += len(chunk)
            if not chunk:
                reading.discard(fd)
            elif fd == child["err"]:
                error = (error + chunk)[-ERROR_TAIL:]
            else:
                output += chunk
        exceeded = meter.exceeded(seen)
        if exceeded:
            return exceeded


def feed_and_wait(child, data, reading, keep_open):
    """Writes what the pipe takes of `data`, and waits a tick for something to read: (what is ready, what is left)."""
    if data or not (keep_open or child["in"] is None):
        data = feed(child, data, keep_open)
    ready, _, _ = select.select(reading, [child["in"]] if data else [], [], TICK)
    return ready, data


def feed(child, data, keep_open):
    """Writes what the pipe takes, closing it at the end unless told not to. Returns what is left."""
    try:
        data = data[os.write(child["in"], data[:65536]) :] if data else data
    except BlockingIOError:
        return data
    except BrokenPipeError:
        data = b""
    if not data and not keep_open:
        os.close(child["in"])
        child["in"] = None
    return data


class Meter:
    """What one request has used of its limits."""

    def __init__(self, child, limits):
        self.pid, self.limits = child["pid"], limits
        self.begun, self.used = time.monotonic(), cpu_seconds(child["pid"])
        self.close = False

    def exceeded(self, written):
        """{"ended": why, "detail": text} once it has passed a limit, else None."""
        limits = self.limits
        if scratch.crowded():
            return {"ended": "output", "detail": "more than %d files" % scratch.MOST_FILES}
        if written > limits["output"]:
            return {"ended": "output", "detail": "more than %d bytes of output" % limits["output"]}
        used = cpu_seconds(self.pid) - self.used
        self.close = used > limits["seconds"]
        if used > limits["endSeconds"]:
            return {"ended": "time", "detail": "more than %.3g s of processor time" % limits["seconds"]}
        if time.monotonic() - self.begun > limits["wallSeconds"]:
            self.close = used > limits["starvedSeconds"]
            return marked({"ended": "time", "detail": "more than %.3g s" % limits["wallSeconds"]}, self)
        return None


def cpu_seconds(pid):
    """Processor time of a process, all its threads (the clock's number is Linux's own encoding of the id)."""
    try:
        return time.clock_gettime((~pid << 3) | 2)
    except OSError:
        return 0.0
