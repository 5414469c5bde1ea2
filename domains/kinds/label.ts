import { z } from 'zod';
import { findAnswer } from '../../verifiers/answers/find-answer.ts';
import { judgedApart } from '../apart.ts';
import { defineDomain, type Judge, readAnswer } from '../own-domain.ts';
import { kind } from '../port.ts';
import { RowFault } from '../row/row-fault.ts';
import { acceptedIn } from './text.ts';

const settings = z.strictObject({
  kind: z.literal('label'),
  prompt: z.string().optional(),
  labels: z.array(z.string().min(1)).min(2).max(1000).describe('The closed list that an answer is of.'),
  multiple: z.boolean().default(false).describe('Whether an answer is a set of labels; its share is told.'),
});

type Settings = z.output<typeof settings>;

/** An answer of a closed list, or a set of them. */
export const label = judgedApart(
  kind('label', settings, (name, given) =>
    defineDomain({
      name,
      prompt: given.prompt ?? promptOf(given),
      read: (draft) => {
        const body = readAnswer(draft);
        const known = new Set(given.labels.map(plain));
        const wanted = acceptedIn(body.answer);
        const stranger = wanted.find((one) => !known.has(plain(one)));
        if (wanted.length === 0) throw new RowFault('missing-field', 'answer is not there; a label is wanted.');
        if (stranger !== undefined)
          throw new RowFault(
            'choice-not-among-choices',
            `answer is "${stranger.slice(0, 40)}"; one of ${given.labels.slice(0, 20).join(', ')} is wanted.`,
          );
        if (wanted.length > 1 && !given.multiple)
          throw new RowFault(
            'wrong-type',
            'answer is a list; one label is wanted, or `multiple: true` in the settings.',
          );
        return body;
      },
      judge: judgeLabels(given),
    }),
  ),
);

const promptOf = ({ labels, multiple }: Settings): string =>
  `{statement}\n\nPlease reason step by step, and put ${
    multiple ? 'all that apply, separated by commas, of' : 'one of'
  } these within \\boxed{}: ${labels.join(', ')}.`;

const judgeLabels = ({ labels, multiple }: Settings): Judge => {
  const byName = new Map(labels.map((one) => [plain(one), one]));
  return ({ problem, response, accept }) => {
    const wanted = new Set(acceptedIn(problem.answer).map(plain));
    const strangers = [...wanted].filter((one) => !byName.has(one));
    if (wanted.size === 0 || strangers.length > 0)
      return { verdict: 'unverifiable', reason: `the reference is none of the ${labels.length} labels` };
    const found = findAnswer(response, accept);
    if (!found) return { verdict: 'wrong', reason: 'no answer found' };
    const named = new Set(namedIn(found.answer, multiple));
    const head = { extracted: found.answer, found: found.found };
    const chosen = [...named].filter((one) => byName.has(one));
    const shared = chosen.filter((one) => wanted.has(one)).length;
    const share = multiple ? { passedShare: shared / named.union(wanted).size } : {};
    if (named.size === 0 || chosen.length < named.size)
      return { verdict: 'wrong', reason: 'names what is no label', ...head, ...share };
    const isRight = shared === wanted.size && shared === named.size;
    const reason = isRight ? 'the same' : `${[...named].join(', ')}, not ${[...wanted].join(', ')}`;
    return { verdict: isRight ? 'right' : 'wrong', reason, ...head, ...share };
  };
};

const namedIn = (answer: string, multiple: boolean): string[] =>
  (multiple ? answer.split(/[,;\n]|\band\b/) : [answer]).map(plain).filter((one) => one !== '');

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s_-]/g, ' ')
    .split(' ')
    .filter(Boolean)
    .join(' ');
