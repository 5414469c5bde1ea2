"""The untrusted side of a function test: loads the program, then answers calls.

It is given arguments and nothing else: no expected value, no test, no other program ever enters this process.
"""

import sys
import types

import codec
import customs
import json_lines


def functions(job):
    """Loads `job["source"]` when first asked; returns the function that answers one request line with one line."""
    dumps, loads, encode, decode = json_lines.dumps, json_lines.loads, codec.encode, codec.decode
    kept = []
    loaded = []

    def keep(value):
        kept.append(value)
        return len(kept) - 1

    def answer(line):
        try:
            request = loads(line)
            if not loaded:
                loaded.append(load_once(job))
            if isinstance(loaded[0], BaseException):
                raise loaded[0]
            if "value" in request:
                setattr(kept[request["of"]], request["attribute"], decode(request["value"], kept.__getitem__))
                return dumps({"value": None})
            if "attribute" in request:
                return dumps({"value": encode(getattr(kept[request["of"]], request["attribute"]), keep)})
            function = kept[request["of"]] if "of" in request else find(loaded[0], request["call"])
            arguments = decode(request["arguments"], kept.__getitem__)
            if job.get("customary"):
                return dumps({"value": encode(customs.call(function, arguments), keep)})
            keywords = {name: decode(value, kept.__getitem__) for name, value in request["keywords"].items()}
            return dumps({"value": encode(function(*arguments, **keywords), keep)})
        except BaseException as error:
            return dumps({"error": failure(error)})

    return answer


def load_once(job):
    try:
        return load(job)
    except BaseException as error:
        return error


def failure(error):
    kind = type(error).__name__
    try:
        message = str(error)
    except BaseException:
        message = ""
    return {"type": kind[:80], "message": message[:300]}


def load(job):
    module = types.ModuleType("solution")
    sys.modules["solution"] = module
    customs.add_site_builtins()
    if job.get("customary"):
        module.__dict__.update(ListNode=customs.ListNode, TreeNode=customs.TreeNode)
    for statement in job.get("imports", ()):
        try:
            exec(statement, module.__dict__)
        except Exception:
            pass  # a convenience for the program; one that is not there is its own affair
    if job.get("customary"):
        module.__dict__["bisect"] = customs.Bisect()
    try:
        exec(compile(job["source"], "solution.py", "exec"), module.__dict__)
    except SystemExit:
        pass  # a program that ends with `exit()` has said all that it defines
    return module.__dict__


def find(names, name):
    if name in names:
        return names[name]
    solution = names.get("Solution")
    if solution is not None and hasattr(solution, name):
        return getattr(solution(), name)
    raise NameError("name %r is not defined" % name)
