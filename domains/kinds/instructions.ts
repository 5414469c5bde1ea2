import { z } from 'zod';
import { judgedApart } from '../apart.ts';
import { linearPattern } from '../linear-pattern.ts';
import { defineDomain, type Judge, readAnswer } from '../own-domain.ts';
import { kind } from '../port.ts';
import { RowFault } from '../row/row-fault.ts';

const count = { min: z.int().nonnegative().optional(), max: z.int().nonnegative().optional() };

const isPattern = (source: string): boolean => {
  try {
    return linearPattern(source) !== null;
  } catch {
    return false;
  }
};
const pattern = z.string().min(1).refine(isPattern, 'wants a pattern in RE2’s syntax');
const script = z
  .string()
  .regex(/^[A-Z][A-Za-z_]{2,30}$/)
  .refine((name) => isPattern(`\\p{${name}}`), 'wants a script by Unicode’s name of it, such as Latin');

interface Rule {
  readonly rule: string;
}

/** What may be asked of an answer's form. Rules are put together by `all`, `any` and `not`. */
const rule: z.ZodType<Rule> = z.lazy(() =>
  z.discriminatedUnion('rule', [
    z.strictObject({ rule: z.literal('words'), ...count }),
    z.strictObject({ rule: z.literal('characters'), ...count }),
    z.strictObject({ rule: z.literal('sentences'), ...count }),
    z.strictObject({ rule: z.literal('lines'), ...count }),
    z.strictObject({ rule: z.literal('paragraphs'), ...count }),
    z.strictObject({ rule: z.literal('bullets'), ...count }),
    z.strictObject({ rule: z.literal('contains'), text: z.string().min(1), ...count }),
    z.strictObject({ rule: z.literal('matches'), pattern }),
    z.strictObject({ rule: z.literal('starts'), text: z.string().min(1) }),
    z.strictObject({ rule: z.literal('ends'), text: z.string().min(1) }),
    z.strictObject({ rule: z.literal('case'), case: z.enum(['upper', 'lower']) }),
    z.strictObject({ rule: z.literal('script'), script }),
    z.strictObject({ rule: z.literal('language'), language: z.string().regex(/^[a-z]{2}$/) }),
    z.strictObject({ rule: z.literal('json') }),
    z.strictObject({ rule: z.literal('all'), rules: z.array(rule).min(1).max(100) }),
    z.strictObject({ rule: z.literal('any'), rules: z.array(rule).min(1).max(100) }),
    z.strictObject({ rule: z.literal('not'), of: rule }),
  ]),
);

const settings = z.strictObject({
  kind: z.literal('instructions'),
  prompt: z.string().optional(),
  rules: z.array(rule).default([]).describe('Asked of every answer, beside those in a row’s `tests`.'),
});

/** Checkable rules on the answer itself: length, form, words, script, language. The share of rules that hold is told. */
export const instructions = judgedApart(
  kind('instructions', settings, (name, { prompt = '{statement}', rules }) =>
    defineDomain({
      name,
      prompt,
      read: (draft) => {
        const body = readAnswer({ ...draft, answer: draft.answer ?? null });
        const said = rulesIn(body.tests);
        if (isDeeper(said, DEEPEST)) throw new RowFault('tests-not-understood', `tests is more than ${DEEPEST} deep.`);
        const found = z.array(rule).safeParse(said);
        if (!found.success) {
          const [issue] = found.error.issues;
          throw new RowFault(
            'tests-not-understood',
            `${['tests', ...(issue?.path ?? [])].join('.')}: ${issue?.message}; a list of rules is wanted.`,
          );
        }
        if (found.data.length + rules.length === 0)
          throw new RowFault('missing-field', 'tests is not there; a list of rules is wanted.');
        return { ...body, tests: JSON.stringify(found.data) };
      },
      judge: { open: async () => ({ judge: judgeRules(rules, await languageReader()) }) },
    }),
  ),
);

const judgeRules =
  (rules: readonly Rule[], languageOf: LanguageReader): Judge =>
  ({ problem, response }) => {
    const own = z.array(rule).safeParse(problem.tests ?? []);
    if (!own.success) return { verdict: 'unverifiable', reason: 'the rules cannot be read' };
    const all = [...rules, ...own.data] as AnyRule[];
    if (all.length === 0) return { verdict: 'unverifiable', reason: 'there is no rule' };
    const broken = all.filter((one) => !holds(one, response, languageOf));
    const passedShare = 1 - broken.length / all.length;
    const extracted = response.trim().slice(0, 200);
    if (broken.length === 0) return { verdict: 'right', reason: `${all.length} rules hold`, extracted, passedShare };
    return { verdict: 'wrong', reason: `does not hold: ${JSON.stringify(broken[0])}`, extracted, passedShare };
  };

/** The language of a text by ISO 639-1; null where it is not clear. */
type LanguageReader = (text: string) => string | null;

/** What is looked at of an answer for its language. */
const LANGUAGE_CHARACTERS = 20_000;

const languageReader = async (): Promise<LanguageReader> => {
  const { eld } = await import('eld/small');
  return (text) => {
    const guess = eld.detect(text.slice(0, LANGUAGE_CHARACTERS));
    return guess.isReliable() ? guess.language : null;
  };
};

/** Rules within rules within rules. */
const DEEPEST = 40;

const isDeeper = (value: unknown, than: number): boolean =>
  value !== null &&
  typeof value === 'object' &&
  (than === 0 || Object.values(value).some((one) => isDeeper(one, than - 1)));

const rulesIn = (tests: string | null): unknown => {
  const found: unknown = tests === null ? [] : JSON.parse(tests);
  return typeof found === 'string' ? JSON.parse(found) : found;
};

type AnyRule = Rule & {
  readonly min?: number;
  readonly max?: number;
  readonly text?: string;
  readonly pattern?: string;
  readonly case?: 'upper' | 'lower';
  readonly script?: string;
  readonly language?: string;
  readonly rules?: readonly AnyRule[];
  readonly of?: AnyRule;
};

const holds = (asked: AnyRule, answer: string, languageOf: LanguageReader): boolean => {
  const { rules = [], of } = asked;
  if (asked.rule === 'all') return rules.every((one) => holds(one, answer, languageOf));
  if (asked.rule === 'any') return rules.some((one) => holds(one, answer, languageOf));
  if (asked.rule === 'not') return of !== undefined && !holds(of, answer, languageOf);
  if (asked.rule === 'language') return languageOf(answer) === asked.language;
  const check = checks[asked.rule];
  if (check) return check(answer.trim(), asked);
  const counted = counts[asked.rule]?.(answer.trim(), asked) ?? 0;
  return (
    counted >= (asked.min ?? (asked.max === undefined ? 1 : 0)) && counted <= (asked.max ?? Number.POSITIVE_INFINITY)
  );
};

const counts: Readonly<Record<string, (text: string, rule: AnyRule) => number>> = {
  words: (text) => text.split(/\s/).filter(Boolean).length,
  characters: (text) => [...text].length,
  sentences: (text) => text.split(/[.!?。！？](?=\s|$)/).filter((one) => one.trim() !== '').length,
  lines: (text) => text.split('\n').filter((line) => line.trim() !== '').length,
  paragraphs: (text) => {
    let paragraphs = 0;
    let isInside = false;
    for (const line of text.split('\n')) {
      const isBlank = line.trim() === '';
      if (!isBlank && !isInside) paragraphs++;
      isInside = !isBlank;
    }
    return paragraphs;
  },
  bullets: (text) => text.split('\n').filter((line) => /^\s{0,8}(?:[-*•]|\d{1,3}[.)])\s/.test(line)).length,
  contains: (text, { text: wanted = '' }) => text.toLowerCase().split(wanted.toLowerCase()).length - 1,
};

const checks: Readonly<Record<string, (text: string, rule: AnyRule) => boolean>> = {
  matches: (text, { pattern = '' }) => linearPattern(pattern).test(text),
  starts: (text, { text: wanted = '' }) => text.startsWith(wanted),
  ends: (text, { text: wanted = '' }) => text.endsWith(wanted),
  case: (text, rule) => text === (rule.case === 'upper' ? text.toUpperCase() : text.toLowerCase()),
  script: (text, { script = 'Latin' }) => shareOf(text, script) >= 0.9,
  json: (text) => isJson(text.startsWith('```') ? text.slice(text.indexOf('\n') + 1, text.lastIndexOf('```')) : text),
};

/** Share of the letters that are of a script, by Unicode's name of it: Latin, Cyrillic, Han, Hangul, Arabic, … */
const shareOf = (text: string, script: string): number => {
  const letters = text.match(/\p{L}/gu) ?? [];
  const own = linearPattern(`^\\p{${script}}$`);
  return letters.length === 0 ? 0 : letters.filter((one) => own.test(one)).length / letters.length;
};

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};
