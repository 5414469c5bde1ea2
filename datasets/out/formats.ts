import { axolotl } from './axolotl.ts';
import { bank } from './bank.ts';
import { dpo } from './dpo.ts';
import { jsonl } from './jsonl.ts';
import { llamaFactory } from './llama-factory.ts';
import { stepwise } from './stepwise.ts';
import { trl, trlPromptCompletion } from './trl.ts';
import { verlRl, verlSft } from './verl.ts';

/** Every format by its name, with the product that it renders: one canonical record, several renderings. */
export const exportFormats = {
  jsonl,
  trl,
  'trl-prompt-completion': trlPromptCompletion,
  axolotl,
  'llama-factory': llamaFactory,
  'verl-sft': verlSft,
  'verl-rl': verlRl,
  dpo,
  stepwise,
  bank,
} as const;

export type ExportName = keyof typeof exportFormats;
