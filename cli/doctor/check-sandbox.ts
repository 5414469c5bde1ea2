import type { Domain } from '../../schemas/types.ts';
import { describeSandbox } from '../../verifiers/code/index.ts';
import { type Check, ok, warning, wrong } from './check.ts';

/** Starts what would run models' programs. Without code problems its absence is no fault. */
export const checkSandbox = async (domains: ReadonlySet<Domain>): Promise<Check[]> => {
  const found = await describeSandbox();
  if (found.available) {
    const able = found.languages.filter(({ refused }) => refused === null).map(({ language }) => language);
    const missing = found.languages.flatMap(({ language, refused }) =>
      refused === null ? [] : [` None in ${language} here: ${refused}.`],
    );
    const message = `${found.name} runs programs in ${able.join(', ')}.${missing.join('')} ${found.guarantees[0] ?? ''}`;
    return [ok('sandbox', message)];
  }
  const message = `${found.advice} (${found.refused.join('; ')})`;
  return [domains.has('code') ? wrong('sandbox', message) : warning('sandbox', `${message}; no code problems here`)];
};
