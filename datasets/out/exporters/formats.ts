import { axolotl } from './axolotl.ts';
import { bank } from './bank.ts';
import { dpo } from './dpo.ts';
import { jsonl } from './jsonl.ts';
import { llamaFactory } from './llama-factory.ts';
import { stepwise } from './stepwise.ts';
import { trl, trlPromptCompletion } from './trl.ts';
import { verlRl, verlRlBank, verlSft } from './verl.ts';

/**
 * Every format by its name, where it renders several products by product, the usual one first; a function where it
 * needs settings of the run. One canonical record, several renderings.
 */
export const exportFormats = {
  jsonl,
  trl,
  'trl-prompt-completion': trlPromptCompletion,
  axolotl,
  'llama-factory': llamaFactory,
  'verl-sft': verlSft,
  'verl-rl': { cot: verlRl, levelled: verlRlBank },
  dpo,
  stepwise,
  bank,
} as const;

export type ExportName = keyof typeof exportFormats;
