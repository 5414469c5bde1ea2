"""The trusted side of a test that is a program itself: runs the benchmark's own test on a stand-in for the candidate.

Every call of the candidate leaves as a line and comes back as a line; what arrives are decoded plain values. The
candidate's code is never in this process.
"""

import builtins
import importlib
import sys

import codec
import json_lines
import test_tree


class RemoteError(Exception):
    """The program raised something that is no builtin exception."""


class Ended(BaseException):
    """The program's process came to its end; no test can catch this by `except Exception`."""


class Handle:
    """An object that lives with the program: it can be handed back to it, and nothing else."""

    __slots__ = ("number",)

    def __init__(self, number):
        self.number = number

    def refuse(self, *_):
        raise TypeError("the program returned an object that is no plain value")

    __eq__ = __ne__ = __bool__ = __hash__ = refuse


def check(job, exchange):
    """Runs the tests of `job`; `exchange(line) -> line` reaches the program. Returns one result a test.

    A result is {"test": source, "outcome": "passed" | "failed" | what ended the program, "detail": text}. A test that cannot be
    read raises SyntaxError.
    """
    scope = {"__name__": "check", "__builtins__": builtins}
    run_quietly(job["prelude"], scope)
    tree, tests, function = test_tree.read_tests(job)
    results = [{"test": text, "outcome": "failed", "detail": "not reached"} for text in tests]
    endings = []

    def record(index, error):
        # A test that swallows everything (`except: pass`) does not swallow that the program was ended.
        results[index].update(outcome(Ended(endings[0]) if endings else error))
        endings.clear()

    def call(request):
        reply = json_lines.loads(exchange(json_lines.dumps({"call": request})))
        if "ended" in reply:
            endings.append(reply["ended"])
            raise Ended(reply["ended"])
        if "error" in reply:
            raise exception(reply["error"])
        return codec.decode(reply["value"], Handle)

    own = set(scope)
    for name in [job["entryPoint"]] if job["entryPoint"] else []:
        scope[name] = stand_in(name, call)
        own.add(name)
    for name in test_tree.free_names(tree) - own:
        scope[name] = outside(name, call)
    scope["__record__"] = record
    code = compile(tree, "tests.py", "exec")
    try:
        exec(code, scope)
        if function:
            scope[function](scope[job["entryPoint"]])
    except BaseException as error:
        for result in results:
            if result["detail"] == "not reached":
                result.update(outcome(error))
    return results


def run_quietly(source, scope):
    # A prompt brings imports and helpers that tests may use; one that is prose brings nothing.
    try:
        exec(compile(source, "prompt.py", "exec"), scope)
    except BaseException:
        pass


def outcome(error):
    if error is None:
        return {"outcome": "passed", "detail": ""}
    if isinstance(error, Ended):
        return {"outcome": error.args[0], "detail": ""}
    if isinstance(error, AssertionError):
        return {"outcome": "failed", "detail": str(error)[:300]}
    return {"outcome": "raised", "detail": (type(error).__name__ + ": " + str(error))[:300]}


def outside(name, call):
    # Tests written to stand below a program use the modules that the program imported: `sys.getsizeof(…)`.
    if name in getattr(sys, "stdlib_module_names", ()):
        return importlib.import_module(name)
    return stand_in(name, call)


def stand_in(name, call):
    """A function of that name which asks the program."""

    def candidate(*arguments, **keywords):
        request = {
            "call": name,
            "arguments": [codec.encode(argument, number_of) for argument in arguments],
            "keywords": {key: codec.encode(value, number_of) for key, value in keywords.items()},
        }
        return call(request)

    candidate.__name__ = candidate.__qualname__ = name
    return candidate


def number_of(value):
    if type(value) is Handle:
        return value.number
    raise TypeError("this argument has no plain form: " + type(value).__name__)


def exception(error):
    kind = getattr(builtins, str(error["type"]), None)
    if isinstance(kind, type) and issubclass(kind, Exception):
        try:
            return kind(str(error["message"]))
        except TypeError:
            pass  # such as UnicodeDecodeError, which takes five arguments
    return RemoteError("%s: %s" % (error["type"], error["message"]))
