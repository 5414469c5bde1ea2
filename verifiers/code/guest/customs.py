"""What solutions of contests and of LeetCode expect to find."""

import bisect
import builtins
import inspect
import sys
import types


def add_site_builtins():
    """`exit` and `quit`, which Python's `site` adds at an interpreter's start; it is not loaded in a sandbox.

    Numbers are written out however long they are, as they were in the Pythons that contests had.
    """
    builtins.exit = builtins.quit = leave
    if hasattr(sys, "set_int_max_str_digits"):
        sys.set_int_max_str_digits(0)


class Bisect(types.ModuleType):
    """LeetCode's `bisect`: the module, and called like the function of that name in it."""

    def __init__(self):
        super().__init__("bisect")
        self.__dict__.update(bisect.__dict__)

    def __call__(self, *given, **named):
        return bisect.bisect(*given, **named)


def leave(code=None):
    sys.exit(code)


class ListNode:
    def __init__(self, val=0, next=None):
        self.val, self.next = val, next


class TreeNode:
    def __init__(self, val=0, left=None, right=None):
        self.val, self.left, self.right = val, left, right


def call(function, arguments):
    """Calls it, linked lists and trees given and taken as LeetCode writes them: as lists, trees level by level."""
    kinds = annotations(function)
    given = [read(value, kinds[at] if at < len(kinds) else "") for at, value in enumerate(arguments)]
    return written(function(*given), function)


def annotations(function):
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return []
    return [str(parameter.annotation) for parameter in parameters]


def read(value, kind):
    if not isinstance(value, list) or "Node" not in kind:
        return value
    if kind.count("[") > kind.count("Optional["):
        return [read(item, kind.split("[", 1)[1]) for item in value]
    return read_list(value) if "ListNode" in kind else read_tree(value) if "TreeNode" in kind else value


def read_list(values):
    first = None
    for value in reversed(values):
        first = of_class("ListNode", value, first)
    return first


def read_tree(values):
    if not values or values[0] is None:
        return None
    root = of_class("TreeNode", values[0])
    waiting, at = [root], 1
    for node in waiting:
        for side in ("left", "right"):
            if at < len(values) and values[at] is not None:
                child = of_class("TreeNode", values[at])
                setattr(node, side, child)
                waiting.append(child)
            at += 1
        if at >= len(values):
            break
    return root


def of_class(name, value, *others):
    own = getattr(sys.modules["solution"], name)
    return own(value, *others)


MOST_NODES = 1_000_000


def written(value, function):
    kind = type(value).__name__
    if kind == "ListNode":
        values = []
        while value is not None and len(values) < MOST_NODES:
            values.append(value.val)
            value = value.next
        return values
    if kind == "TreeNode":
        values, waiting = [], [value]
        for node in waiting:
            values.append(None if node is None else node.val)
            if node is not None and len(waiting) < MOST_NODES:
                waiting += [node.left, node.right]
        while values and values[-1] is None:
            values.pop()
        return values
    if value is None and "Node" in str(getattr(function, "__annotations__", {}).get("return", "")):
        return []
    return value
