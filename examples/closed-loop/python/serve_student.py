"""Serves a student over the OpenAI chat protocol: requests that come together are answered in one batch. Prints its port."""

import argparse
import queue
import time
from concurrent.futures import Future
from pathlib import Path
from threading import Thread

import torch

from http_json import serve
from student import Answered, Asked, complete, load


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--batch", type=int, default=128)
    args = parser.parse_args()
    torch.set_num_threads(1)
    model, tokenizer = load(args.model)
    model = model.double().eval()
    waiting: queue.Queue[tuple[Asked, Future[Answered]]] = queue.Queue()
    Thread(target=answer_in_batches, args=(model, waiting, args.batch), daemon=True).start()

    def chat(body: dict) -> dict:
        prompt = tokenizer.apply_chat_template(body["messages"], add_generation_prompt=True, return_dict=False)
        asked = Asked(prompt, body.get("max_tokens", 128), body.get("temperature", 0.0), body.get("seed", 0))
        future: Future[Answered] = Future()
        waiting.put((asked, future))
        answer = future.result()
        counted = {"prompt_tokens": len(prompt), "completion_tokens": len(answer.tokens)}
        message = {"role": "assistant", "content": tokenizer.decode(answer.tokens)}
        return {
            "id": "student",
            "object": "chat.completion",
            "created": int(time.time()),
            "model": body.get("model", ""),
            "choices": [{"index": 0, "finish_reason": answer.finish, "message": message}],
            "usage": {**counted, "total_tokens": sum(counted.values())},
        }

    serve({"/v1/chat/completions": chat})


def answer_in_batches(model, waiting: queue.Queue, most: int) -> None:
    while True:
        batch = [waiting.get()]
        # What is on its way already comes along.
        while len(batch) < most:
            try:
                batch.append(waiting.get(timeout=0.01))
            except queue.Empty:
                break
        try:
            for (_, future), answer in zip(batch, complete(model, [asked for asked, _ in batch]), strict=True):
                future.set_result(answer)
        except Exception as error:
            for _, future in batch:
                if not future.done():
                    future.set_exception(error)


if __name__ == "__main__":
    main()
