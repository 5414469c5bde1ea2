import * as all from './kinds/all.ts';
import type { Domain, Domains, Kind } from './port.ts';

/** Every way of judging that settings may name, by name. */
export const kinds: readonly Kind[] = Object.values<Kind>(all).sort((one, other) => (one.kind < other.kind ? -1 : 1));

export const kindOf = (name: string): Kind | undefined => kinds.find(({ kind }) => kind === name);

/**
 * The domains that come with Sluice, those that the settings say (also one of its own, with other settings), and those
 * that a program brings. The last of a name counts.
 */
export const domainsOf = (
  settings: Readonly<Record<string, { readonly kind: string }>>,
  brought: readonly Domain[] = [],
): Domains => {
  const plain = kinds.filter(({ isBuiltIn }) => isBuiltIn).map(({ kind }) => [kind, { kind }] as const);
  const named = [...plain, ...Object.entries(settings)].map(([name, given]) => made(name, given, `domains.${name}`));
  return new Map([...named, ...brought].map((domain) => [domain.name, domain]));
};

/** Settings that are those of no kind. */
export class DomainFault extends Error {
  override readonly name = 'DomainFault';
}

/** @param where the settings stand, for messages */
const made = (name: string, given: { readonly kind: string }, where: string): Domain => {
  const found = kindOf(given.kind);
  if (!found)
    throw new DomainFault(`${where}.kind: ${given.kind} is none of ${kinds.map(({ kind }) => kind).join(', ')}`);
  const [issue] = found.settings.safeParse(given).error?.issues ?? [];
  if (issue) throw new DomainFault(`${[where, ...issue.path].join('.')}: ${issue.message}`);
  return found.domain(name, given, (other, rules) => {
    if (rules.kind === given.kind) throw new DomainFault(`${where}.rules.kind: wants another kind than ${given.kind}`);
    return made(other, rules, `${where}.rules`);
  });
};

/** What trainers call a domain. */
export const abilityOf =
  (domains: Domains) =>
  (name: string): string =>
    domains.get(name)?.ability ?? name;

/** Those that come with Sluice. */
export const ownDomains: Domains = domainsOf({});
