import { committedRecords, type Judged } from './judge.ts';

/** Which problems lie where, as Kafka's own read-committed consumer shows it. */
export interface JudgedFlow {
  readonly problems: readonly string[];
  readonly levelled: readonly string[];
  readonly admitted: readonly string[];
  readonly outcomes: readonly string[];
  readonly cot: readonly string[];
  readonly rejected: readonly string[];
  /** Dead letters of `generate`, and of the stages before it. */
  readonly deadTeaching: readonly string[];
  readonly deadGrading: readonly string[];
}

export const judgeFlow = async (brokers: readonly string[], prefix: string, run: string): Promise<JudgedFlow> => {
  const own = `${run}\\.(levelled|admitted|outcomes|cot|rejected)`;
  const records = await committedRecords(brokers, `${prefix}\\.(problems|dead-letter|${own})`);
  const keysOf = (kind: string, when: (record: Judged) => boolean = () => true) =>
    records.filter((record) => record.kind === kind && when(record)).map(({ key }) => key);
  const isTeaching = ({ headers }: Judged) => headers.split(',').includes('stage:generate');
  return {
    problems: keysOf('problem'),
    levelled: keysOf('levelled'),
    admitted: keysOf('admitted', ({ headers }) => !headers.includes('id:sample/ahead/')),
    outcomes: keysOf('outcome'),
    cot: keysOf('cot'),
    rejected: keysOf('rejected'),
    deadTeaching: keysOf('dead-letter', isTeaching),
    deadGrading: keysOf('dead-letter', (record) => !isTeaching(record)),
  };
};

/** What breaks the laws of a run that took in so many problems and is over; empty where they hold. */
export const brokenLaws = (flow: JudgedFlow, problems: number): string[] => {
  const { levelled, admitted, outcomes, cot, rejected, deadTeaching, deadGrading } = flow;
  // A file whose reading was cut off is read again; its repeats go no further than the input.
  const input = [...new Set(flow.problems)];
  return [
    ...differences('the input', input, 'levelled and dead before it', [...levelled, ...deadGrading]),
    ...differences('admitted', admitted, 'outcomes', outcomes),
    ...differences('outcomes', outcomes, 'cot, rejected and dead', [...cot, ...rejected, ...deadTeaching]),
    ...missing(levelled, outcomes).map((key) => `${key} has an outcome and no level`),
    ...(input.length === problems ? [] : [`the input has ${input.length} problems, not ${problems}`]),
  ];
};

const differences = (name: string, ones: readonly string[], otherName: string, others: readonly string[]): string[] => [
  ...missing(others, ones).map((key) => `${key} of ${name} is not among ${otherName}`),
  ...missing(ones, others).map((key) => `${key} of ${otherName} is not among ${name}`),
  ...doubled(ones).map((key) => `${key} is in ${name} twice`),
  ...doubled(others).map((key) => `${key} is in ${otherName} twice`),
];

/** Those of the keys that are not there. */
const missing = (there: readonly string[], keys: readonly string[]): string[] => {
  const known = new Set(there);
  return keys.filter((key) => !known.has(key));
};

const doubled = (keys: readonly string[]): string[] => {
  const seen = new Set<string>();
  return keys.filter((key) => seen.size === seen.add(key).size);
};
