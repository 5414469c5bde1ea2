/** Where a trainer cuts what is too long, unless it is told otherwise. */
export interface TrainerLimit {
  readonly trainer: string;
  readonly option: string;
  /** Tokens. */
  readonly length: number;
  readonly effect: 'cut' | 'dropped' | 'refused';
}

/** Defaults as found in the packages themselves: TRL 1.16, LLaMA-Factory 0.9.5, verl 0.9.1, Axolotl 0.19. */
export const trainerLimits: readonly TrainerLimit[] = [
  { trainer: 'Axolotl', option: 'sequence_len', length: 512, effect: 'dropped' },
  { trainer: 'TRL SFTTrainer, DPOTrainer', option: 'max_length', length: 1024, effect: 'cut' },
  { trainer: 'verl SFT', option: 'data.max_length', length: 1024, effect: 'refused' },
  { trainer: 'LLaMA-Factory', option: 'cutoff_len', length: 2048, effect: 'cut' },
];
