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
    """An object that lives with the program. It can be handed back, and its methods and attributes give plain values.

    What compares it decides what a test comes to, so that the program's own comparisons are never asked.
    """

    __slots__ = ("_number", "_call")

    def __init__(self, number, call):
        object.__setattr__(self, "_number", number)
        object.__setattr__(self, "_call", call)

    def __setattr__(self, name, value):
        self._call({"of": self._number, "attribute": name, "value": codec.encode(value, number_of)})

    def __getattr__(self, name):
        return self._call({"of": self._number, "attribute": name})

    def __call__(self, *arguments, **keywords):
        return self._call({"of": self._number, **given(arguments, keywords)})

    def __len__(self):
        return self.__getattr__("__len__")()

    def __getitem__(self, key):
        return self.__getattr__("__getitem__")(key)

    def __setitem__(self, key, value):
        self.__getattr__("__setitem__")(key, value)

    def __iter__(self):
        return self.__getattr__("__iter__")()

    def __next__(self):
        return self.__getattr__("__next__")()

    def __enter__(self):
        return self.__getattr__("__enter__")()

    def __exit__(self, *error):
        return self.__getattr__("__exit__")(*error)

    # With a plain value it could be the difference from what is expected, which only this side may take.
    def __add__(self, other):
        return self.__getattr__("__add__")(other) if type(other) is Handle else NotImplemented

    def __sub__(self, other):
        return self.__getattr__("__sub__")(other) if type(other) is Handle else NotImplemented

    def __mul__(self, other):
        return self.__getattr__("__mul__")(other) if type(other) is Handle else NotImplemented

    def __str__(self):
        return self.__getattr__("__str__")()

    def __repr__(self):
        return self.__getattr__("__repr__")()

    def refuse(self, *_):
        raise TypeError("the program returned an object that is no plain value")

    __eq__ = __ne__ = __bool__ = __hash__ = refuse


def check(job, exchange):
    """Runs the tests of `job`; `exchange(line) -> line` reaches the program. Returns one result a test.

    A result is {"test": source, "outcome": "passed" | "failed" | what ended the program, "detail": text}. A test that cannot be
    read raises SyntaxError.
    """
    results = run(job, lambda request: answer(exchange, request))
    if not any(result["reached"] for result in results) or passes_all(results) and passes_nonsense(job):
        return []
    return results


# What no test that tests something takes from one function at once.
NONSENSE = (None, "no program returns this", 987654321)


def passes_all(results):
    return all(result["outcome"] == "passed" for result in results)


def passes_nonsense(job):
    """Whether the tests pass whatever a program returns, so that they test nothing."""
    return all(passes_all(run(job, lambda _, value=value: {"value": codec.encode(value)})) for value in NONSENSE)


def answer(exchange, request):
    return json_lines.loads(exchange(json_lines.dumps({"call": request})))


def run(job, ask):
    """The tests with a stand-in whose calls go to `ask`: a result each, `reached` where the tests came so far."""
    scope = {"__name__": "check", "__builtins__": builtins}
    run_quietly(job["prelude"], scope)
    tree, tests, function = test_tree.read_tests(job)
    results = [{"test": text, "outcome": "failed", "detail": "not reached", "reached": False} for text in tests]
    endings = []

    def record(index, error):
        # A test that swallows everything (`except: pass`) does not swallow that the program was ended.
        results[index].update(outcome(Ended(endings[0]) if endings else error), reached=True)
        endings.clear()

    def call(request):
        reply = ask(request)
        if "ended" in reply:
            endings.append(reply["ended"])
            raise Ended(reply["ended"])
        if "error" in reply:
            raise exception(reply["error"])
        return codec.decode(reply["value"], lambda number: Handle(number, call))

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
            if not result["reached"]:
                result.update(outcome(error), reached=not isinstance(error, SystemExit))
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
        return call({"call": name, **given(arguments, keywords)})

    candidate.__name__ = candidate.__qualname__ = name
    return candidate


def given(arguments, keywords):
    return {
        "arguments": [codec.encode(argument, number_of) for argument in arguments],
        "keywords": {key: codec.encode(value, number_of) for key, value in keywords.items()},
    }


def number_of(value):
    if type(value) is Handle:
        return value._number
    raise TypeError("this argument has no plain form: " + type(value).__name__)


def exception(error):
    kind = getattr(builtins, str(error["type"]), None)
    if isinstance(kind, type) and issubclass(kind, Exception):
        try:
            return kind(str(error["message"]))
        except TypeError:
            pass  # such as UnicodeDecodeError, which takes five arguments
    return RemoteError("%s: %s" % (error["type"], error["message"]))
