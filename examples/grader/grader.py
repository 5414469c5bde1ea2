"""Judges whether an answer is a prime number with the digits that the problem asks for: a line of JSON in, one out."""
import json
import re
import sys


def is_prime(number):
    return number > 1 and all(number % divisor for divisor in range(2, int(number**0.5) + 1))


for line in sys.stdin:
    task = json.loads(line)
    numbers = re.findall(r"\d{1,12}", task["response"])
    digits = int(task["answer"])
    if not numbers:
        judged = {"verdict": "wrong", "reason": "no number"}
    elif is_prime(int(numbers[-1])) and len(numbers[-1]) == digits:
        judged = {"verdict": "right", "reason": "a prime", "extracted": numbers[-1]}
    else:
        judged = {"verdict": "wrong", "reason": f"no prime of {digits} digits", "extracted": numbers[-1]}
    print(json.dumps({"id": task["id"], **judged}), flush=True)
