"""Math-Verify's verdicts on JSON lines of {"answer", "response"}, and the CPU time of each, in milliseconds."""

import json
import logging
import sys
import time

try:
    from math_verify import parse, verify
except ImportError:
    sys.exit(3)

logging.disable(logging.CRITICAL)


def judged(task):
    before = time.process_time_ns()
    right = verify(parse(f"${task['answer']}$"), parse(task["response"]))
    return {"right": right, "milliseconds": (time.process_time_ns() - before) / 1e6}


tasks = [json.loads(line) for line in sys.stdin]
for task in tasks:
    judged(task)
for task in tasks:
    print(json.dumps(judged(task)))
