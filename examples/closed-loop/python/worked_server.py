"""The teacher and the process reward model, both of which know the worked way: the first writes it down
(`/v1/chat/completions`), the second marks each step of another's way against it (`/pooling`, as vLLM serves one).
Prints its port on a line of its own."""

import time

from exercises import step_scores, worked
from http_json import Refused, serve

STEP_MARK = "<extra_0>"


def chat(body: dict) -> dict:
    statement = body["messages"][-1]["content"]
    try:
        text = worked(statement).text
    except ValueError as error:
        raise Refused(str(error)) from error
    usage = {"prompt_tokens": len(statement), "completion_tokens": len(text), "total_tokens": len(statement) + len(text)}
    message = {"role": "assistant", "content": text}
    choices = [{"index": 0, "finish_reason": "stop", "message": message}]
    return {**head(body, "chat.completion"), "choices": choices, "usage": usage}


def pooling(body: dict) -> dict:
    statement = next(turn["content"] for turn in body["messages"] if turn["role"] == "user")
    marked = body["messages"][-1]["content"]
    try:
        scores = step_scores(statement, marked.split(STEP_MARK)[:-1])
    except ValueError as error:
        raise Refused(str(error)) from error
    data = [{"index": 0, "object": "pooling", "data": [[1 - score, score] for score in scores]}]
    usage = {"prompt_tokens": len(marked), "completion_tokens": 0, "total_tokens": len(marked)}
    return {**head(body, "list"), "data": data, "usage": usage}


def head(body: dict, kind: str) -> dict:
    return {"id": "worked", "object": kind, "created": int(time.time()), "model": body.get("model", "")}


if __name__ == "__main__":
    serve({"/v1/chat/completions": chat, "/pooling": pooling})
