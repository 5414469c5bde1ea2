import type { Domain, Problem, Source } from '../../schemas/types.ts';
import { codeTests } from '../code-tests.ts';
import type { Draft, Preset } from '../presets/preset.ts';
import { kindOf, optionalText, text, texts } from '../presets/values/text.ts';
import { problemId } from '../problem-id.ts';
import { type Columns, draftOf, restOf } from './draft.ts';
import { RowFault } from './row/bad-row.ts';
import type { Row } from './row/row.ts';

/** What all rows of a file have in common. */
export interface Origin {
  readonly preset: Preset;
  readonly columns: Columns;
  readonly dataset: string;
  /** Base name. */
  readonly file: string;
  readonly licence: string | null;
}

type Body = Pick<Problem, 'domain' | 'answer' | 'choices' | 'language' | 'prompt' | 'tests'>;

/** A row as a problem, everything in it checked. Throws a RowFault that names the field and what is wanted. */
export const toProblem = (row: Row, origin: Origin): Problem => {
  const picked = draftOf(row.value, origin.columns);
  const draft = origin.preset.mend?.(picked, row.value) ?? picked;
  const statement = text(draft.statement, 'statement').trim();
  const body = bodyOf(domainOf(draft, origin.preset), draft);
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

const domains: readonly string[] = ['maths', 'code', 'choice'] satisfies Domain[];

/** The preset's, else the row's own word, else what the row shows. */
const domainOf = (draft: Draft, preset: Preset): Domain => {
  if (preset.domain) return preset.domain;
  const said = optionalText(draft.domain, 'domain');
  if (said === null) return draft.tests ? 'code' : draft.choices ? 'choice' : 'maths';
  if (domains.includes(said)) return said as Domain;
  throw new RowFault('unknown-domain', `domain is "${said.slice(0, 40)}"; one of ${domains.join(', ')} is wanted.`);
};

const bodyOf = (domain: Domain, draft: Draft): Body => {
  const nothing = { answer: null, choices: [], language: null, prompt: null, tests: null };
  if (domain === 'maths') return { ...nothing, domain, answer: text(draft.answer, 'answer').trim() };
  return { ...nothing, domain, ...(domain === 'choice' ? choiceBody(draft) : codeBody(draft)) };
};

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

const choiceBody = (draft: Draft): Pick<Problem, 'answer' | 'choices'> => {
  const choices = texts(draft.choices, 'choices');
  if (choices.length < 2 || choices.length > letters.length)
    throw new RowFault('wrong-type', `choices has ${choices.length} entries; 2 to ${letters.length} are wanted.`);
  const answer = text(draft.answer, 'answer').trim();
  if (typeof draft.answer === 'number' && choices[draft.answer] !== undefined && choices[draft.answer] !== answer)
    throw new RowFault(
      'choice-not-among-choices',
      `answer is the number ${answer}: as a place it means "${choices[draft.answer]?.slice(0, 40)}"; a letter, or the text of a choice, is wanted.`,
    );
  return { choices, answer: letterOf(answer, choices) };
};

/** The answer as a letter: `B`, `b`, `(B)`, `B.`, or the text of one of the choices. */
const letterOf = (answer: string, choices: readonly string[]): string => {
  const letter = /^\(?([A-Za-z])[).:]?$/.exec(answer)?.[1]?.toUpperCase();
  if (letter && letters.indexOf(letter) < choices.length) return letter;
  const index = choices.findIndex((choice) => choice.trim() === answer);
  if (index >= 0) return letters[index]!;
  const last = letters[choices.length - 1];
  throw new RowFault(
    'choice-not-among-choices',
    `answer is "${answer.slice(0, 40)}"; a letter from A to ${last}, or the text of a choice, is wanted.`,
  );
};

const codeBody = (draft: Draft): Pick<Problem, 'language' | 'prompt' | 'tests'> => ({
  language: (optionalText(draft.language, 'language') ?? 'python').toLowerCase(),
  prompt: optionalText(draft.prompt, 'prompt'),
  tests: testsOf(draft.tests),
});

/** The tests, checked, as JSON in one order of keys, so that the same tests give the same id. */
const testsOf = (value: unknown): string => {
  const found = typeof value === 'string' ? parsed(value) : value;
  if (found === undefined || found === null)
    throw new RowFault('missing-field', 'tests is not there; a code problem is judged by its tests.');
  const result = codeTests.safeParse(found);
  if (result.success) return JSON.stringify(result.data);
  const [issue] = result.error.issues;
  const where = ['tests', ...(issue?.path ?? [])].join('.');
  throw new RowFault(
    'tests-not-understood',
    `${where}: ${issue?.message ?? kindOf(found)}; see the forms of \`tests\`.`,
  );
};

const parsed = (value: string): unknown => {
  try {
    return JSON.parse(value);
  } catch {
    throw new RowFault('tests-not-understood', 'tests is text that is no JSON; see the forms of `tests`.');
  }
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
