import { call } from './kinds/call.ts';
import { choice } from './kinds/choice.ts';
import { code } from './kinds/code.ts';
import { command } from './kinds/command.ts';
import { instructions } from './kinds/instructions.ts';
import { json } from './kinds/json.ts';
import { label } from './kinds/label.ts';
import { maths } from './kinds/maths.ts';
import { number } from './kinds/number.ts';
import { regex } from './kinds/regex.ts';
import { text } from './kinds/text.ts';
import type { Domain, Domains, Kind } from './port.ts';

/** Every way of judging that settings may name, in the order in which they are shown: one line each. */
export const kinds: readonly Kind[] = [
  maths,
  code,
  choice,
  text,
  number,
  label,
  json,
  call,
  instructions,
  regex,
  command,
];

/** Those that need no settings are domains of their own name. */
const builtIn = ['maths', 'code', 'choice'];

export const kindOf = (name: string): Kind | undefined => kinds.find(({ kind }) => kind === name);

/**
 * The domains that come with Sluice, those that the settings say (also one of its own, with other settings), and those
 * that a program brings. The last of a name counts.
 */
export const domainsOf = (
  settings: Readonly<Record<string, { readonly kind: string }>>,
  brought: readonly Domain[] = [],
): Domains => {
  const plain = builtIn.map((kind) => [kind, { kind }] as const);
  const named = [...plain, ...Object.entries(settings)].map(([name, given]) => {
    const found = kindOf(given.kind);
    if (!found)
      throw new TypeError(`domains.${name}.kind: ${given.kind} is none of ${kinds.map(({ kind }) => kind).join(', ')}`);
    return found.domain(name, given);
  });
  return new Map([...named, ...brought].map((domain) => [domain.name, domain]));
};

/** Those that come with Sluice. */
export const ownDomains: Domains = domainsOf({});
