import type { Domain, Domains, Draft } from '../../domains/port.ts';
import { RowFault } from '../../domains/row/row-fault.ts';
import { optionalText, text } from '../../domains/row/text.ts';
import type { Problem, Source } from '../../schemas/types.ts';
import type { Preset } from '../presets/preset.ts';
import { problemId } from '../problem-id.ts';
import { type Columns, draftOf, restOf } from './draft.ts';
import type { Row } from './row/row.ts';

/** What all rows of a file have in common. */
export interface Origin {
  readonly preset: Preset;
  readonly domains: Domains;
  /** Of all rows, where the source says it. */
  readonly domain: string | null;
  readonly columns: Columns;
  readonly dataset: string;
  /** Base name. */
  readonly file: string;
  readonly licence: string | null;
}

/** A row as a problem, everything in it checked. Throws a RowFault that names the field and what is wanted. */
export const toProblem = (row: Row, origin: Origin): Problem => {
  const picked = draftOf(row.value, origin.columns);
  const draft = origin.preset.mend?.(picked, row.value) ?? picked;
  const statement = text(draft.statement, 'statement').trim();
  const domain = domainOf(draft, origin);
  const body = { domain: domain.name, ...domain.read(draft) };
  return {
    id: problemId({ ...body, statement }),
    statement,
    ...body,
    source: sourceOf(row, draft, origin),
    solution: optionalText(draft.solution, 'solution') || null,
    contamination: null,
    meta: restOf(row.value, origin.columns),
  };
};

/** The source's, the preset's, else the row's own word, else what the row shows. */
const domainOf = (draft: Draft, { domain, domains, preset }: Origin): Domain => {
  const said = domain ?? preset.domain ?? optionalText(draft.domain, 'domain');
  const name = said ?? (draft.tests ? 'code' : draft.choices ? 'choice' : 'maths');
  const found = domains.get(name);
  if (found) return found;
  const known = [...domains.keys()].join(', ');
  throw new RowFault('unknown-domain', `domain is "${name.slice(0, 40)}"; one of ${known} is wanted.`);
};

const sourceOf = (row: Row, draft: Draft, { dataset, file, licence, preset }: Origin): Source => ({
  dataset,
  file,
  row: row.row,
  id: optionalText(draft.id, 'id'),
  level: optionalText(draft.level, 'level'),
  subject: optionalText(draft.subject, 'subject'),
  licence: optionalText(draft.licence, 'licence') ?? licence ?? preset.licence,
});
