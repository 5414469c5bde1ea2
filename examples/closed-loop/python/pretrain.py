"""Pre-trains a student on exercises of our own until it solves the short ones: many short exercises and few long ones, none of
which Sluice's sets hold."""

import argparse
import json
import random
import time
from pathlib import Path

import torch

from exercises import FAMILIES, Exercise, exercise, worked
from student import Asked, complete, new_student, new_tokenizer, save

BATCH = 32
TRIED = 24
IGNORED = -100


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True, help="whose exercises are left out")
    parser.add_argument("--width", type=int, required=True)
    parser.add_argument("--layers", type=int, required=True)
    parser.add_argument("--longest", type=int, required=True)
    parser.add_argument("--short", type=int, default=4, help="lengths up to this are to be solved")
    parser.add_argument("--until", type=float, default=0.9, help="share of the short ones that must be right")
    parser.add_argument("--most-steps", type=int, required=True)
    parser.add_argument("--decay", type=float, default=0.6, help="how much rarer each further length is")
    parser.add_argument("--seed", type=int, required=True)
    args = parser.parse_args()
    torch.set_num_threads(1)

    held = {json.loads(line)["statement"] for file in args.data.rglob("*.jsonl") for line in file.open()}
    tokenizer = new_tokenizer()
    model = new_student(args.width, args.layers, tokenizer, args.seed)
    rng = random.Random(args.seed)
    shares: dict[str, float] = {}
    lengths = range(2, args.longest + 1)
    weights = [args.decay ** max(0, length - args.short) for length in lengths]

    def draw() -> Exercise:
        # What it does not solve yet comes more often.
        family = rng.choices(FAMILIES, [1.1 - shares.get(family, 0) for family in FAMILIES])[0]
        while True:
            one = exercise(family, rng.choices(lengths, weights)[0], rng)
            # Of short ones there are too few to keep any apart: they are what it is to know already.
            if one.length <= args.short or one.statement not in held:
                return one

    optimizer = torch.optim.AdamW(model.parameters(), lr=2e-3, betas=(0.9, 0.98), weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: min(1, (step + 1) / 100))
    began = time.process_time()
    for step in range(1, args.most_steps + 1):
        batch = rows([draw() for _ in range(BATCH)], tokenizer)
        loss = model(**batch).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        if step % 100 == 0:
            shares = solved(model, tokenizer, args.short, seed=step)
            said = " ".join(f"{family} {share:.2f}" for family, share in shares.items())
            print(f"step {step}, loss {loss.item():.3f}, {time.process_time() - began:.0f} s: short ones solved: {said}", flush=True)
            if min(shares.values()) >= args.until:
                break
    save(args.out, model, tokenizer)
    weights_count = sum(weight.numel() for weight in model.parameters())
    facts = {"weights": weights_count, "steps": step, "short": args.short, "solved": shares}
    (args.out / "pretrained.json").write_text(json.dumps(facts, indent=2) + "\n")


def rows(exercises: list[Exercise], tokenizer) -> dict[str, torch.Tensor]:
    """The loss is on what the student says."""
    prompts = [prompt_of(one, tokenizer) for one in exercises]
    answers = [tokenizer(worked(one.statement).text)["input_ids"] + [tokenizer.eos_token_id] for one in exercises]
    longest = max(len(prompt) + len(answer) for prompt, answer in zip(prompts, answers, strict=True))
    ids, labels, mask = [], [], []
    for prompt, answer in zip(prompts, answers, strict=True):
        rest = longest - len(prompt) - len(answer)
        ids.append(prompt + answer + [tokenizer.pad_token_id] * rest)
        labels.append([IGNORED] * len(prompt) + answer + [IGNORED] * rest)
        mask.append([1] * (longest - rest) + [0] * rest)
    return {
        "input_ids": torch.tensor(ids),
        "labels": torch.tensor(labels),
        "attention_mask": torch.tensor(mask),
    }


def prompt_of(one: Exercise, tokenizer) -> list[int]:
    turns = [{"role": "user", "content": one.statement}]
    return tokenizer.apply_chat_template(turns, add_generation_prompt=True, return_dict=False)


def solved(model, tokenizer, longest: int, seed: int) -> dict[str, float]:
    """The share of short exercises that are answered right, by family."""
    rng = random.Random(seed)
    tried = [exercise(family, rng.randint(2, longest), rng) for family in FAMILIES for _ in range(TRIED)]
    model.eval()
    answers = complete(model, [Asked(prompt_of(one, tokenizer), 12 + 6 * longest) for one in tried])
    model.train()
    right = dict.fromkeys(FAMILIES, 0)
    for one, answer in zip(tried, answers, strict=True):
        right[one.family] += tokenizer.decode(answer.tokens) == worked(one.statement).text
    return {family: count / TRIED for family, count in right.items()}


if __name__ == "__main__":
    main()
