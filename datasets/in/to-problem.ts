import type { Body, Domain, Domains, Draft } from '../../domains/port.ts';
import { RowFault } from '../../domains/row/row-fault.ts';
import { isThere, softText } from '../../domains/row/soft-text.ts';
import { text } from '../../domains/row/text.ts';
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
  /** Whether a row may be without a reference that can be found otherwise. */
  readonly unanswered?: boolean;
}

/** A row's values by their meaning, with what the preset knows of its data set. Throws a RowFault. */
const draftIn = ({ value }: Pick<Row, 'value'>, { columns, preset }: Pick<Origin, 'columns' | 'preset'>): Draft => {
  const picked = draftOf(value, columns);
  return preset.normalise?.(picked, value) ?? picked;
};

/** A row as a problem, everything in it checked. Throws a RowFault that names the field and what is wanted. */
export const toProblem = (row: Row, origin: Origin): Problem => {
  const draft = draftIn(row, origin);
  const statement = text(draft.statement, 'statement').trim();
  const domain = domainOf(draft, origin);
  const body = { domain: domain.name, ...bodyOf(draft, domain, origin) };
  return {
    id: problemId({ ...body, statement }),
    statement,
    ...body,
    source: sourceOf(row, draft, origin),
    solution: softText(draft.solution) || null,
    label: null,
    contamination: null,
    meta: restOf(row.value, origin.columns),
  };
};

const bodyOf = (draft: Draft, { read, voting }: Domain, { unanswered }: Origin): Body =>
  unanswered && voting && !isThere(draft.answer) ? voting.read(draft) : read(draft);

/**
 * The source's, the preset's, else the row's own word, else what the row shows. A column `domain` that is no text is
 * the data set's own, of another meaning.
 */
const domainOf = (draft: Draft, { domain, domains, preset }: Origin): Domain => {
  const own = typeof draft.domain === 'string' && draft.domain.trim() !== '' ? draft.domain : null;
  const said = domain ?? preset.domain ?? own;
  const name = said ?? (mayShow(draft.tests) ? 'code' : mayShow(draft.choices) ? 'choice' : 'maths');
  const found = domains.get(name);
  if (found) return found;
  const known = [...domains.keys()].join(', ');
  throw new RowFault(
    'unknown-domain',
    `domain is "${name.slice(0, 40)}"; one of ${known} is wanted. If the column means something else, say what all rows are of with \`domain\`, or name another column with \`fields\`.`,
  );
};

/** A number or a truth value is no list of anything: such a column is the data set's own. */
const mayShow = (value: unknown): boolean => isThere(value) && !['number', 'bigint', 'boolean'].includes(typeof value);

const sourceOf = (row: Row, draft: Draft, { dataset, file, licence, preset }: Origin): Source => ({
  dataset,
  file,
  row: row.row,
  id: softText(draft.id),
  level: softText(draft.level),
  subject: softText(draft.subject),
  licence: softText(draft.licence) ?? licence ?? preset.licence,
});
