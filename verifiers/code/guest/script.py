"""Runs a whole program as `__main__`, as `python solution.py` would."""

import atexit
import random
import sys
import threading
import types

import customs


def run_script(source):
    """Returns (exit status, last line of the error), all output written. The streams are the process's own."""
    module = types.ModuleType("__main__")
    module.__dict__["__builtins__"] = __builtins__
    module.__dict__["__file__"] = "solution.py"
    sys.modules["__main__"] = module
    sys.argv = ["solution.py"]
    customs.add_site_builtins()
    random.seed(0)
    status, error = 0, ""
    try:
        exec(compile(source, "solution.py", "exec"), module.__dict__)
    except SystemExit as exit:
        code = exit.code
        status = 0 if code is None else code if isinstance(code, int) else 1
    except BaseException as raised:
        status, error = 1, described(raised)
    leave()
    for stream in (sys.stdout, sys.__stdout__):
        try:
            if not getattr(stream, "closed", False):
                stream.flush()
        except Exception as raised:
            status, error = status or 1, error or type(raised).__name__
    return status, error


def leave():
    """What Python itself does before it goes: waits for threads, then calls what was registered for the end."""
    try:
        threading._shutdown()
        atexit._run_exitfuncs()
    except BaseException:
        pass  # Python prints such an error and keeps its exit status


def described(raised):
    try:
        return (type(raised).__name__ + ": " + str(raised))[:300]
    except BaseException:
        return type(raised).__name__[:80]
