"""Supervised fine-tuning by TRL's SFTTrainer on what `sluice export --format trl-prompt-completion` wrote."""

import argparse
from pathlib import Path

import torch
from datasets import load_dataset
from trl import SFTConfig, SFTTrainer

from student import load, save, seed_everything


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True, help="the export's folder")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    args = parser.parse_args()
    torch.set_num_threads(1)
    seed_everything(args.seed)

    model, tokenizer = load(args.model)
    files = sorted(str(file) for file in (args.data / "data").glob("*.jsonl"))
    records = load_dataset("json", data_files=files, split="train", cache_dir=str(args.out / "cache"))
    records = records.select_columns(["prompt", "completion"])
    settings = SFTConfig(
        output_dir=str(args.out / "trainer"),
        max_steps=args.steps,
        per_device_train_batch_size=32,
        learning_rate=5e-4,
        lr_scheduler_type="cosine",
        warmup_steps=max(1, args.steps // 20),
        weight_decay=0.01,
        max_length=256,
        seed=args.seed,
        data_seed=args.seed,
        use_cpu=True,
        bf16=False,
        gradient_checkpointing=False,
        save_strategy="no",
        report_to="none",
        logging_steps=max(1, args.steps // 5),
        disable_tqdm=True,
    )
    SFTTrainer(model=model, args=settings, train_dataset=records, processing_class=tokenizer).train()
    save(args.out, model, tokenizer)
    print(f"{len(records)} records, {args.steps} steps", flush=True)


if __name__ == "__main__":
    main()
