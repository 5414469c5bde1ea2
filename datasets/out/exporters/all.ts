/** Every format: one line each. One canonical record, several renderings. */
export { axolotl } from './axolotl.ts';
export { bank } from './bank.ts';
export { dpo } from './dpo.ts';
export { jsonlCot, jsonlLevelled, jsonlRejected, jsonlScored } from './jsonl.ts';
export { llamaFactory } from './llama-factory.ts';
export { parquet } from './parquet.ts';
export { stepwise } from './stepwise.ts';
export { trl, trlPromptCompletion } from './trl.ts';
export { verlRl, verlRlBank, verlSft } from './verl.ts';
