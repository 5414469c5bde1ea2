"""What a guest is to the fork server: lines asked, replies given, the process behind it started and ended."""

import binascii
import os

import child
import conversation
import json_lines
import scratch

# After a fork, each page that the server writes to is copied once: several forks at a time share these copies, and a
# guest need not wait for its own.
AHEAD = 4


def start(role, job, limits):
    return (Script if role == "script" else Answering)(child.framed(job), limits)


def fork_ahead(kind):
    """Sees to it that a process waits for the next guest of this kind."""
    while not kind.waiting:
        kind.waiting += [child.fork(kind.run) for _ in range(AHEAD)]


class Answering:
    """Answers requests, in one process until that one ends: functions of a program, or a checker."""

    run, waiting = child.be_server, []

    def __init__(self, job, limits):
        fork_ahead(Answering)
        self.unsent, self.limits, self.process = job, limits, Answering.waiting.pop()

    def ask(self, lines):
        if self.process is None:
            yield {"ended": "crash", "detail": "the process had ended"}
            return
        tags = [os.urandom(child.TAG_BYTES).hex() for _ in lines]
        data = self.unsent + "".join([tag + line + "\n" for tag, line in zip(tags, lines)]).encode()
        self.unsent = b""
        for reply in conversation.converse(self.process, data, [tag.encode() for tag in tags], self.limits):
            if "ended" in reply:
                how = self.end()
                reply["detail"] = reply["detail"] or how
            yield reply

    def end(self):
        """How the process ended, unless it had before."""
        if self.process is None:
            return None
        process, self.process = self.process, None
        return child.end(process)


class Script:
    """Runs a whole program, anew and in a process of its own for every line; the line holds its input."""

    run, waiting = child.be_script, []

    def __init__(self, job, limits):
        self.job, self.limits = job, limits

    def ask(self, lines):
        for line in lines:
            reply = self.run_on(json_lines.loads(line)["input"])
            yield reply
            if "ended" in reply:
                return

    def run_on(self, text):
        fork_ahead(Script)
        process = Script.waiting.pop()
        data = self.job + child.framed_input(text.encode("utf-8", "surrogatepass"))
        outcome = conversation.feed_and_collect(process, data, self.limits)
        how = child.end(process)
        if not scratch.cleared():
            return {"ended": "crash", "detail": "it left files that cannot be removed"}
        if "ended" in outcome:
            return outcome
        if how.startswith("signal"):
            if b"std::bad_alloc" in outcome["error"]:
                return {"ended": "memory", "detail": "memory limit"}
            return {"ended": "crash", "detail": how}
        output = binascii.b2a_base64(outcome["output"], newline=False).decode()
        error = outcome["error"].decode("utf-8", "replace").strip().split("\n")[-1]
        line = json_lines.dumps({"status": int(how.split()[1]), "output": output, "error": error[:300]})
        return {"line": line, "close": "close" in outcome}

    def end(self):
        pass
