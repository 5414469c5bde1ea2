"""What trainers' own data code makes of exports: trainers.py MODEL OUT TRAINER EXPORT [TRAINER EXPORT ...].

Their data code is plain Python, but beside it they import packages that take gigabytes (torch alone is one). Those are
stood in for by empty ones: whatever of them the data code really used would fail here.
"""

import glob
import importlib.abc
import importlib.machinery
import json
import sys
import types
from types import SimpleNamespace

import datasets
from transformers import PreTrainedTokenizerFast

model, out, *jobs = sys.argv[1:]


class Nothing(type):
    def __getattr__(cls, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return nothing(name)


def nothing(name):
    return Nothing(name, (), {"__init__": lambda *_, **__: None, "__call__": lambda _, *a, **__: a[0] if a else None})


class Empty(types.ModuleType):
    __path__ = []
    __version__ = "2.9.0"

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return nothing(name)


class EmptyPackages(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def __init__(self, names):
        self.names = names

    def find_spec(self, name, path=None, target=None):
        if any(name == one or name.startswith(one + ".") for one in self.names):
            return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec):
        return Empty(spec.name)

    def exec_module(self, module):
        pass


def leave_out(*names):
    sys.meta_path.insert(0, EmptyPackages(names))


def learnt(tokenizer, ids, labels):
    """The whole text, and the part that the loss is on."""
    return [tokenizer.decode(ids), tokenizer.decode([one for one in labels if one != -100])]


def trl(tokenizer, export):
    from trl import data_utils

    wanted = ("messages", "prompt", "completion")
    rows = [{k: v for k, v in row.items() if k in wanted} for row in datasets.load_dataset(export, split="train")]
    assert all(data_utils.is_conversational(row) for row in rows)
    texts = ["".join(data_utils.apply_chat_template(row, tokenizer).values()) for row in rows]
    return [[text, len(tokenizer.encode(text, add_special_tokens=False))] for text in texts]


def axolotl(tokenizer, export):
    leave_out("torch", "accelerate", "peft", "bitsandbytes", "axolotl.prompt_strategies.user_defined")
    import yaml
    from axolotl.prompt_strategies.chat_template import load
    from axolotl.utils.dict import DictDefault

    with open(f"{export}/axolotl.yaml") as file:
        [block] = yaml.safe_load(file)["datasets"]
    assert (block["path"], block["ds_type"], block["type"]) == ("data", "json", "chat_template")
    rows = datasets.load_dataset("json", data_files=glob.glob(f"{export}/data/*"), split=block["split"])
    cfg = DictDefault(sequence_len=100_000, train_on_inputs=False, chat_template="tokenizer_default")
    strategy = load(tokenizer, cfg, DictDefault(block))
    made = [strategy.tokenize_prompt(row) for row in rows]
    return [learnt(tokenizer, one["input_ids"], one["labels"]) for one in made]


def llama_factory(tokenizer, export):
    leave_out("torch", "peft", "trl", "accelerate", "torchvision", "torchaudio", "librosa", "av", "PIL")
    from llamafactory.data.loader import _get_preprocessed_dataset, _load_single_dataset
    from llamafactory.data.parser import get_dataset_list
    from llamafactory.data.template import get_template_and_fix_tokenizer

    class Arguments(SimpleNamespace):
        def __getattr__(self, _):
            return None

    data = Arguments(dataset_dir=export, template="qwen3", cutoff_len=100_000, preprocessing_batch_size=100)
    model_arguments = Arguments(cache_dir=None)
    training = Arguments(local_process_index=0)
    [attributes] = get_dataset_list(["sluice"], export)
    rows = _load_single_dataset(attributes, model_arguments, data, training)
    template = get_template_and_fix_tokenizer(tokenizer, data)
    made = _get_preprocessed_dataset(rows, data, training, "sft", template, tokenizer)
    return [learnt(tokenizer, one["input_ids"], one["labels"]) for one in made]


def verl_sft(tokenizer, export):
    leave_out(*verl_beside)
    from verl.utils.dataset.multiturn_sft_dataset import MultiTurnSFTDataset

    return MultiTurnSFTDataset(sorted(glob.glob(f"{export}/data/*")), tokenizer, {}).messages


def verl_rl(tokenizer, export):
    leave_out(*verl_beside)
    from verl.utils.dataset.rl_dataset import RLHFDataset

    files = sorted(glob.glob(f"{export}/data/*"))
    made = RLHFDataset(files, tokenizer, {"filter_overlong_prompts": True, "max_prompt_length": 100_000})
    return [[row["prompt"], row["reward_model"]["ground_truth"], row["data_source"]] for row in made.dataframe]


def templates(tokenizer, conversation):
    """Every chat template that TRL and Axolotl bring, with what transformers renders by it."""
    from importlib.util import find_spec
    from pathlib import Path

    messages = json.loads(conversation)
    made = []
    for package in ["trl", "axolotl"]:
        for file in sorted(Path(find_spec(package).origin).parent.rglob("*.jinja")):
            template = file.read_text()
            try:
                whole = tokenizer.apply_chat_template(messages, chat_template=template, tokenize=False)
                asked = {"chat_template": template, "tokenize": False, "add_generation_prompt": True}
                prompt = tokenizer.apply_chat_template(messages[:-1], **asked)
            except Exception:
                continue  # Some want pictures.
            made.append([f"{package}/{file.name}", template, whole, prompt])
    return made


def limits(*_):
    """Where each of them cuts by default, as its own sources say."""
    from importlib.util import find_spec
    from pathlib import Path
    import re

    def default(package, file, pattern):
        [found] = set(re.findall(pattern, (Path(find_spec(package).origin).parent / file).read_text()))
        return found

    return {
        "sequence_len": default("axolotl", "utils/schemas/config.py", r"    sequence_len: int = Field\(\s*default=(\d+)"),
        "max_length": default("trl", "trainer/sft_config.py", r"    max_length: int \| None = field\(\s*default=(\d+)"),
        "data.max_length": default("verl", "trainer/config/sft_trainer_engine.yaml", r"max_length: (\d+)\s+truncation: error"),
        "cutoff_len": default("llamafactory", "hparams/data_args.py", r"cutoff_len: int = field\(\s*default=(\d+)"),
    }


verl_beside = ["torch", "ray", "tensordict", "omegaconf", "torchdata", "hydra", "codetiming", "dill", "pylatexenc"]
verl_beside += ["wandb", "tensorboard", "peft", "accelerate", "PIL", "torchvision", "verl.models", "verl.protocol"]

tokenizer = PreTrainedTokenizerFast.from_pretrained
made = [globals()[trainer](tokenizer(model), export) for trainer, export in zip(jobs[::2], jobs[1::2])]
with open(out, "w") as file:
    json.dump(made, file)
