import type { Domain, Domains, Verifier } from '../../domains/port.ts';
import { unusable } from '../../domains/reference.ts';
import type { Problem } from '../../schemas/types.ts';
import type { Reference, Verify } from '../../verifiers/port.ts';
import { type Around, hostOf } from './host.ts';

export interface Verifiers {
  readonly verify: Verify;
  /** Makes sure that answers to such a problem can be judged here; rejects with what is missing. */
  readonly require: (problem: Problem) => Promise<void>;
  close(): Promise<void>;
}

/** The verifiers of all domains; each is opened with the first problem that needs it. */
export const openVerifiers = (domains: Domains, around: Around): Verifiers => {
  const host = hostOf(around);
  const reference = referenceOf(domains);
  const opened = new Map<string, Promise<Verifier>>();
  const open = (name: string): Promise<Verifier> => {
    const known = opened.get(name) ?? (async () => domainOf(domains, name).open(host))();
    opened.set(name, known);
    return known;
  };
  return {
    verify: async (task, signal) => (await open(task.reference.by ?? task.reference.domain)).verify(task, signal),
    require: async (problem) => {
      const verifier = await open(problem.domain);
      const lacking = await verifier.lacks?.(reference(problem));
      if (lacking) throw new Error(lacking);
    },
    close: async () => {
      for (const verifier of opened.values()) await (await verifier.catch(() => undefined))?.close();
    },
  };
};

const domainOf = (domains: Domains, name: string): Domain => {
  const found = domains.get(name);
  if (found) return found;
  throw new Error(`there is no domain "${name}"; known: ${[...domains.keys()].join(', ')}`);
};

/** Why a problem's reference can be compared with no answer; null where it can. */
export const unreadableOf =
  (domains: Domains) =>
  (problem: Problem, reference: Reference): string | null =>
    domains.get(problem.domain)?.unreadable?.(reference) ?? null;

/** A problem's reference in its verifier's form. Throws where it has none: a dead letter. */
export const referenceOf =
  (domains: Domains) =>
  (problem: Problem): Reference => {
    const domain = domains.get(problem.domain);
    if (!domain) throw unusable(problem, `is of the domain ${problem.domain}, which no verifier judges`);
    return { ...domain.reference(problem), by: domain.name };
  };
