"""Python values as JSON lines: the only language between the program, the checker and the host.

Only exact builtin types cross. An instance of a subclass crosses as the builtin value that it holds, read by the
builtin's own methods, so that an overridden ``__eq__`` or ``__iter__`` never reaches the side that decides.
"""

import collections
import decimal
import fractions
import itertools
import types

MAX_DEPTH = 100
MAX_ITERATED = 1_000_000
EXACT_INT = 2**53 - 1

ITERATORS = (
    types.GeneratorType, map, filter, zip, enumerate, reversed,
    type(iter([])), type(iter(())), type(iter(set())), type(iter({})), type(iter("")), type(iter(range(0))),
    type({}.keys()), type({}.values()), type({}.items()),
    itertools.chain, itertools.islice, itertools.accumulate, itertools.permutations, itertools.combinations,
    itertools.product, itertools.takewhile, itertools.dropwhile, itertools.starmap,
)
TYPES = {t.__name__: t for t in (int, float, str, bool, list, tuple, dict, set, frozenset, bytes, complex, object)}


def encode(value, keep=None, depth=0):
    """The JSON form of `value`. `keep(object)` gives a number for what has no form; without it that is a TypeError."""
    if depth > MAX_DEPTH:
        raise TypeError("nested too deeply")

    def each(items):
        return [encode(item, keep, depth + 1) for item in items]

    kind = type(value)
    if value is None or kind is bool:
        return value
    if kind is str:
        return value
    if isinstance(value, int):
        number = int.__index__(value) if kind is int else int.__add__(value, 0)
        return number if -EXACT_INT <= number <= EXACT_INT else {"int": hex(number)}
    if isinstance(value, float):
        return {"float": float.__repr__(value)}
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, list):
        return each(list.__iter__(value))
    if isinstance(value, tuple):
        return {"tuple": each(tuple.__iter__(value))}
    if isinstance(value, dict):
        return {"dict": [each(entry) for entry in dict.items(value)]}
    if isinstance(value, (set, frozenset)):
        plain = set if isinstance(value, set) else frozenset
        return {plain.__name__: each(plain.__iter__(value))}
    if isinstance(value, complex):
        return {"complex": [float.__repr__(value.real), float.__repr__(value.imag)]}
    if isinstance(value, (bytes, bytearray)):
        return {"bytes": bytes(value).hex()}
    if kind is fractions.Fraction:
        return {"fraction": [hex(value.numerator), hex(value.denominator)]}
    if kind is decimal.Decimal and value.is_finite():
        return {"fraction": [hex(part) for part in value.as_integer_ratio()]}
    if kind is range:
        return {"range": [hex(part) for part in (value.start, value.stop, value.step)]}
    if kind is collections.deque:
        return {"deque": each(value)}
    if kind in ITERATORS:
        items = list(itertools.islice(value, MAX_ITERATED + 1))
        if len(items) > MAX_ITERATED:
            raise TypeError("an iterator without end")
        return {"iterator": each(items)}
    if kind is type and TYPES.get(value.__name__) is value:
        return {"type": value.__name__}
    if keep is None:
        raise TypeError("no plain value: " + kind.__name__[:60])
    return {"handle": keep(value)}


def decode(form, fetch=None):
    """The value of a JSON form; `fetch(number)` gives the object behind a handle."""

    def each(items):
        return [decode(item, fetch) for item in items]

    if isinstance(form, list):
        return each(form)
    if not isinstance(form, dict):
        return form
    ((tag, content),) = form.items()
    if tag == "int":
        return int(content, 16)
    if tag == "float":
        return float(content)
    if tag == "tuple":
        return tuple(each(content))
    if tag == "dict":
        return {decode(key, fetch): decode(value, fetch) for key, value in content}
    if tag == "set":
        return set(each(content))
    if tag == "frozenset":
        return frozenset(each(content))
    if tag == "complex":
        return complex(float(content[0]), float(content[1]))
    if tag == "bytes":
        return bytes.fromhex(content)
    if tag == "fraction":
        return fractions.Fraction(int(content[0], 16), int(content[1], 16))
    if tag == "range":
        return range(*(int(part, 16) for part in content))
    if tag == "deque":
        return collections.deque(each(content))
    if tag == "iterator":
        return iter(each(content))
    if tag == "type":
        return TYPES[content]
    if tag == "handle" and fetch is not None:
        return fetch(content)
    raise ValueError("unknown form: " + str(tag)[:60])
