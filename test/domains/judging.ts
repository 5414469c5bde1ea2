import { columnsOf } from '../../datasets/in/draft.ts';
import { toProblem } from '../../datasets/in/to-problem.ts';
import { generic } from '../../datasets/presets/generic.ts';
import { domainsOf } from '../../domains/registry.ts';
import { hostOf } from '../../flow/wiring/host.ts';
import type { Judgement } from '../../verifiers/port.ts';

const columns = columnsOf(generic.fields, []);

/** A domain as the settings say it, opened: rows go through the reader of data sets, as in a run. */
export const openDomain = async (
  settings: { readonly kind: string; readonly [key: string]: unknown },
  folder = '.',
) => {
  const domains = domainsOf({ own: settings });
  const domain = domains.get('own')!;
  const verifier = await domain.open(hostOf({ folder }));
  const problem = (row: object) =>
    toProblem(
      { row: 0, line: 1, original: null, value: { statement: 'What?', domain: 'own', ...row } },
      { preset: generic, columns, domains, domain: null, dataset: 'made', file: 'made.jsonl', licence: null },
    );
  return {
    problem,
    judge: (row: object, response: string, signal = new AbortController().signal): Promise<Judgement> =>
      verifier.verify({ reference: domain.reference(problem(row)), response }, signal),
    close: () => verifier.close(),
  };
};
