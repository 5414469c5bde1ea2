"""Exercises of six families whose every step can be checked. A statement says all of its exercise, so that whoever has it
(the teacher, the reward model, a test) works from the statement alone. The hardness of an exercise is its length."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from string import ascii_lowercase

FAMILIES = ("sum", "alternate", "max", "count", "reverse", "sort")
STEP_END = "\n\n"

# What is known, the next digit and its place give what is known then.
NextState = Callable[[int, int, int], int]
STATES: dict[str, Callable[[str | None], NextState]] = {
    "sum": lambda _: lambda state, digit, place: (state + digit) % 10,
    "alternate": lambda _: lambda state, digit, place: (state + (digit if place % 2 == 0 else -digit)) % 10,
    "max": lambda _: lambda state, digit, place: max(state, digit),
    "count": lambda wanted: lambda state, digit, place: state + (str(digit) == wanted),
}


@dataclass(frozen=True)
class Exercise:
    family: str
    length: int
    statement: str


@dataclass(frozen=True)
class Worked:
    steps: list[str]
    answer: str

    @property
    def text(self) -> str:
        return STEP_END.join([*self.steps, answer_line(self.answer)])


def answer_line(answer: str) -> str:
    return f"#### {answer}"


def exercise(family: str, length: int, rng: random.Random) -> Exercise:
    """One of so many items, each a digit with a letter before it."""
    digits = [rng.choice("123456789") for _ in range(length)]
    body = "".join(letter + digit for letter, digit in zip(ascii_lowercase, digits, strict=False))
    if family == "count":
        body = f"{rng.choice(digits)} in {body}"
    return Exercise(family, length, f"{family} {body}")


def worked(statement: str) -> Worked:
    """The way and the answer. Raises ValueError for what is no exercise."""
    asked = re.fullmatch(r"([a-z]+) (?:([1-9]) in )?((?:[a-z][1-9])+)", statement.strip())
    if asked is None or asked[1] not in FAMILIES or (asked[1] == "count") != (asked[2] is not None):
        raise ValueError(f"no exercise: {statement!r}")
    family, wanted, body = asked.groups()
    items = re.findall("..", body)
    if family == "reverse":
        return gathered(items[::-1])
    if family == "sort":
        return gathered(sorted(items, key=lambda item: item[1]))
    return scanned(items, STATES[family](wanted))


def gathered(items: list[str]) -> Worked:
    """The items in the wanted order; the answer is their digits."""
    return Worked(items, "".join(item[1] for item in items))


def scanned(items: list[str], next_state: NextState) -> Worked:
    """Item by item with what is known so far: `b8>1`; the answer is what is known at the end."""
    steps, state = [], 0
    for place, item in enumerate(items):
        state = next_state(state, int(item[1]), place)
        steps.append(f"{item}>{state}")
    return Worked(steps, str(state))


def step_scores(statement: str, steps: list[str]) -> list[float]:
    """1 for each step that stands where the worked way has it, else 0: what a perfect process reward model would say."""
    way = worked(statement)
    right = [*way.steps, answer_line(way.answer)]
    return [float(place < len(right) and step.strip() == right[place]) for place, step in enumerate(steps)]


def drawn(count: int, lengths: range, seed: int, without: frozenset[str] = frozenset()) -> list[Exercise]:
    """So many different exercises, families and lengths in turn, none of them in `without`."""
    rng = random.Random(seed)
    kinds = [(family, length) for length in lengths for family in FAMILIES]
    found: dict[str, Exercise] = {}
    place = misses = 0
    while len(found) < count:
        one = exercise(*kinds[place % len(kinds)], rng)
        # Of the shortest there are few: once they are used up, their turn goes to the next.
        misses = misses + 1 if one.statement in found or one.statement in without else 0
        if misses == 0:
            found[one.statement] = one
        if misses == 0 or misses % 50 == 0:
            place += 1
        if misses > 50 * len(kinds):
            raise ValueError(f"there are no {count} different exercises of these lengths")
    return list(found.values())
