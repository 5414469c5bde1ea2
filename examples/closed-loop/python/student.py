"""A student from scratch: a tokenizer of single characters and a Llama of a few hundred thousand to a few million weights."""

import random
import string
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

from exercises import STEP_END

PAD, USER, ASSISTANT, END, UNKNOWN = "<|pad|>", "<|user|>", "<|assistant|>", "<|end|>", "<|unknown|>"
CHAT_TEMPLATE = (
    "{% for message in messages %}<|{{ message.role }}|>{{ message.content }}<|end|>{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)


def new_tokenizer() -> PreTrainedTokenizerFast:
    """One token a character, and one for the end of a step."""
    pieces = [PAD, USER, ASSISTANT, END, UNKNOWN, STEP_END, " ", "#", ">", *string.digits, *string.ascii_lowercase]
    tokenizer = Tokenizer(models.WordLevel({piece: place for place, piece in enumerate(pieces)}, unk_token=UNKNOWN))
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(r"\n\n|[\s\S]"), "isolated")
    tokenizer.decoder = decoders.Fuse()
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        pad_token=PAD,
        eos_token=END,
        unk_token=UNKNOWN,
        additional_special_tokens=[USER, ASSISTANT],
        chat_template=CHAT_TEMPLATE,
    )


def new_student(width: int, layers: int, tokenizer: PreTrainedTokenizerFast, seed: int) -> LlamaForCausalLM:
    """Random weights, the same for the same seed."""
    seed_everything(seed)
    config = LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=width,
        intermediate_size=width * 3,
        num_hidden_layers=layers,
        num_attention_heads=width // 32,
        num_key_value_heads=width // 32,
        max_position_embeddings=256,
        tie_word_embeddings=True,
        pad_token_id=tokenizer.pad_token_id,
        bos_token_id=None,
        eos_token_id=tokenizer.eos_token_id,
    )
    return LlamaForCausalLM(config)


def load(folder: Path) -> tuple[LlamaForCausalLM, PreTrainedTokenizerFast]:
    return LlamaForCausalLM.from_pretrained(folder), PreTrainedTokenizerFast.from_pretrained(folder)


def save(folder: Path, model: LlamaForCausalLM, tokenizer: PreTrainedTokenizerFast) -> None:
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)


def seed_everything(seed: int) -> None:
    random.seed(seed)
    torch.manual_seed(seed)


@dataclass(frozen=True)
class Asked:
    """One call: temperature 0 takes the likeliest token, any other draws by the call's own seed."""

    prompt: list[int]
    max_tokens: int
    temperature: float = 0.0
    seed: int = 0


@dataclass(frozen=True)
class Answered:
    tokens: list[int]
    finish: str


@torch.inference_mode()
def complete(model: LlamaForCausalLM, asked: list[Asked]) -> list[Answered]:
    """Answers all at once. Served in float64, so that an answer does not hang on who else is in the batch."""
    pad, end = model.config.pad_token_id, model.config.eos_token_id
    longest = max(len(one.prompt) for one in asked)
    tokens = torch.tensor([[pad] * (longest - len(one.prompt)) + one.prompt for one in asked])
    mask = (tokens != pad).long()
    draws = [torch.Generator().manual_seed(one.seed) for one in asked]
    answers: list[list[int]] = [[] for _ in asked]
    finished: list[str | None] = [None] * len(asked)
    cache = None
    while None in finished:
        positions = (mask.cumsum(1) - 1).clamp(min=0)[:, -tokens.shape[1] :]
        output = model(tokens, attention_mask=mask, position_ids=positions, cache=cache, use_cache=True)
        cache = output.cache
        chosen = choose(output.logits[:, -1], asked, draws)
        for row, token in enumerate(chosen.tolist()):
            if finished[row] is not None:
                continue
            if token == end:
                finished[row] = "stop"
                continue
            answers[row].append(token)
            if len(answers[row]) >= asked[row].max_tokens:
                finished[row] = "length"
        tokens = chosen[:, None]
        mask = torch.cat([mask, torch.ones_like(tokens)], dim=1)
    return [Answered(answer, finish or "stop") for answer, finish in zip(answers, finished, strict=True)]


def choose(logits: torch.Tensor, asked: list[Asked], draws: list[torch.Generator]) -> torch.Tensor:
    chosen = logits.argmax(-1)
    for row, one in enumerate(asked):
        if one.temperature > 0:
            chances = torch.softmax(logits[row] / one.temperature, -1)
            chosen[row] = torch.multinomial(chances, 1, generator=draws[row])[0]
    return chosen
