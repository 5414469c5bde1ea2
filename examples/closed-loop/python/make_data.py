"""Writes the exercises as JSON lines: the pool that Sluice draws from, and two sets that no pool holds: one that tells the
student's levels (P_eval), and one for what came of the training. A row's subject is its family, its level its length."""

import argparse
import json
from pathlib import Path

from exercises import Exercise, drawn, worked


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--pool", type=int, required=True)
    parser.add_argument("--evaluation", type=int, required=True)
    parser.add_argument("--held-out", type=int, required=True)
    parser.add_argument("--shortest", type=int, default=2)
    parser.add_argument("--longest", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)

    count = args.pool + args.evaluation + args.held_out
    everything = drawn(count, range(args.shortest, args.longest + 1), args.seed)
    # Every so-manieth goes to each set, so that the three are alike in families and lengths.
    held_out, evaluation, pool = spread(everything, [args.held_out, args.evaluation, args.pool])
    write(args.out / "pool.jsonl", pool)
    write(args.out / "evaluation.jsonl", evaluation)
    write(args.out / "held-out.jsonl", held_out)


def spread(exercises: list[Exercise], sizes: list[int]) -> list[list[Exercise]]:
    """Dealt out so that each set has its share of every kind."""
    by_kind: dict[tuple[str, int], list[Exercise]] = {}
    for one in exercises:
        by_kind.setdefault((one.family, one.length), []).append(one)
    sets: list[list[Exercise]] = [[] for _ in sizes]
    given = 0
    for one in (one for kind in by_kind.values() for one in kind):
        given += 1
        behind = max(range(len(sizes)), key=lambda index: sizes[index] * given / len(exercises) - len(sets[index]))
        sets[behind].append(one)
    return sets


def write(path: Path, exercises: list[Exercise]) -> None:
    rows = [
        {"statement": one.statement, "answer": worked(one.statement).answer, "subject": one.family, "level": one.length}
        for one in exercises
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


if __name__ == "__main__":
    main()
