"""The tests of a benchmark as a syntax tree in which every test is reached and its outcome recorded."""

import ast
import builtins


def read_tests(job):
    """(tree, source of each test, name of the function to call with the candidate or None). Raises SyntaxError."""
    return asserts(job) if job["kind"] == "asserts" else check_function(job)


def asserts(job):
    setup = ast.parse(job["setup"])
    blocks = [(text, block(text)) for text in job["asserts"]]
    tests = [text for text, tree in blocks if not tests_nothing(tree)]
    numbers = iter(range(len(tests)))
    guarded = [tree if tests_nothing(tree) else guard(tree, next(numbers)) for _, tree in blocks]
    return module(setup.body + guarded), tests, None


def block(text):
    body = ast.parse(text.strip()).body
    return ast.If(test=ast.Constant(value=True), body=body or [ast.Pass()], orelse=[])


def check_function(job):
    tree = ast.parse(job["source"])
    tree.body = [statement for statement in tree.body if not calls_check(statement)]
    function = next((s for s in tree.body if isinstance(s, ast.FunctionDef) and s.name == "check"), None)
    tests = []

    def guarded(statement):
        if isinstance(statement, (ast.FunctionDef, ast.ClassDef)) or tests_nothing(statement):
            return statement
        tests.append(ast.unparse(statement))
        return guard(statement, len(tests) - 1)

    holder = function or tree
    holder.body = [guarded(statement) for statement in holder.body]
    return module(tree.body), tests, "check" if function else None


def tests_nothing(statement):
    return not any(may_fail(node) for node in ast.walk(statement))


def may_fail(node):
    """Whether it is an assert, a raise, or a call of something like `assert_equal`, which not every program passes."""
    if isinstance(node, ast.Assert):
        return not always_true(node.test)
    if isinstance(node, ast.Call):
        name = getattr(node.func, "attr", None) or getattr(node.func, "id", "")
        return "assert" in name.lower()
    return isinstance(node, ast.Raise)


def always_true(test):
    if isinstance(test, ast.Tuple):
        return len(test.elts) > 0  # assert (f(1) == 2, "message")
    if isinstance(test, ast.Compare):
        return all(isinstance(part, ast.Constant) for part in [test.left, *test.comparators])
    if isinstance(test, ast.Constant):
        return bool(test.value)  # `assert False` marks a place that is not to be reached
    return isinstance(test, ast.Lambda)


def calls_check(statement):
    call = statement.value if isinstance(statement, ast.Expr) else None
    return isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "check"


def guard(statement, index):
    """`statement`, its outcome recorded, and what follows reached whatever that is."""

    def record(error):
        call = ast.Call(
            func=ast.Name(id="__record__", ctx=ast.Load()), args=[ast.Constant(value=index), error], keywords=[]
        )
        return ast.Expr(value=call)

    handler = ast.ExceptHandler(
        type=ast.Name(id="BaseException", ctx=ast.Load()),
        name="__error__",
        body=[record(ast.Name(id="__error__", ctx=ast.Load()))],
    )
    return ast.Try(body=[statement], handlers=[handler], orelse=[record(ast.Constant(value=None))], finalbody=[])


def module(body):
    return ast.fix_missing_locations(ast.Module(body=body, type_ignores=[]))


def free_names(tree):
    """Names that the tests read and that neither Python nor they themselves define."""
    read, bound = set(), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            (read if isinstance(node.ctx, ast.Load) else bound).add(node.id)
        elif isinstance(node, ast.arg):
            bound.add(node.arg)
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            bound.add(node.name)
        elif isinstance(node, ast.alias):
            bound.add((node.asname or node.name).split(".")[0])
        elif isinstance(node, ast.ExceptHandler) and node.name:
            bound.add(node.name)
    return {name for name in read - bound if not hasattr(builtins, name) and not name.startswith("__")}
