import type { Domain } from '../../schemas/types.ts';
import { describeSandbox } from '../../verifiers/code/index.ts';
import { type Check, ok, warning, wrong } from './check.ts';

/** Starts what would run models' programs. Without code problems its absence is no fault. */
export const checkSandbox = async (domains: ReadonlySet<Domain>): Promise<Check[]> => {
  const found = await describeSandbox();
  if (found.available) return [ok('sandbox', `${found.name} runs programs. ${found.guarantees[0] ?? ''}`)];
  const message = `${found.advice} (${found.refused.join('; ')})`;
  return [domains.has('code') ? wrong('sandbox', message) : warning('sandbox', `${message}; no code problems here`)];
};
