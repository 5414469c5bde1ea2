import { type Counter, counters, faults, labels } from './faults.ts';
import { draws } from './random.ts';

/** One case: a small radio network with one fault in it. */
export interface Case {
  readonly statement: string;
  /** One of `labels`. */
  readonly answer: string;
  /** From 0 to 4: fewer clues and more distractors. */
  readonly hardness: number;
  readonly cell: string;
  /** What gives the fault away, as it stands in the statement. */
  readonly clues: readonly string[];
  /** What looks odd elsewhere and is not. */
  readonly distractors: readonly string[];
}

const cells = ['A', 'B', 'C', 'D', 'E', 'F'];
const innocent = [
  'software restarted as planned at 03:00',
  'one user reported slow downloads, no second report',
  'door contact opened by the technician on duty',
  'licence will expire in 60 days',
  'neighbour list changed by the nightly optimisation',
  'config backup took 12 s longer than yesterday',
  'fan speed raised at noon and lowered at dusk',
  'a short rain fade on the link of another operator',
];

/** The case with this number: the same on every machine. */
export const networkCase = (number: number): Case => {
  const draw = draws('case', number);
  const answer = draw.pick(labels);
  const fault = faults[answer] as (typeof faults)[string];
  const hardness = Math.floor(draw.between(0, 5));
  const cell = draw.pick(cells);
  // The harder, the more of what the fault shows lies within the usual; what tells it from the others stays.
  const shown = fault.shows.slice(0, Math.max(1, fault.shows.length - Math.floor(hardness / 2)));
  const odd = new Map(shown.map(([counter, low, high]) => [`${cell}/${counter}`, draw.between(low, high)]));
  const others = cells.filter((one) => one !== cell);
  const strays = draw.some(Object.keys(counters) as Counter[], hardness).map((counter) => {
    const [low, high] = counters[counter];
    const elsewhere = draw.pick(others);
    odd.set(`${elsewhere}/${counter}`, high + (high - low) * draw.between(0.05, 0.3));
    return `cell ${elsewhere}: ${counter}`;
  });
  const noise = draw.some(innocent, 1 + hardness);
  const log = [
    ...noise.map((line) => `cell ${draw.pick(cells)}: ${line}`),
    ...(hardness < 3 ? [`cell ${cell}: ${fault.log}`] : []),
  ];
  const rows = cells.map((one) => {
    const values = (Object.keys(counters) as Counter[]).map((counter) => {
      const [low, high] = counters[counter];
      return `${counter} ${(odd.get(`${one}/${counter}`) ?? draw.between(low, high)).toFixed(1)}`;
    });
    return `cell ${one}: ${values.join('; ')}`;
  });
  const usual = Object.entries(counters).map(([name, [low, high]]) => `${name} ${low} to ${high}`);
  return {
    ...{ answer, hardness, cell },
    clues: [
      ...shown.map(([counter]) => `${counter} ${odd.get(`${cell}/${counter}`)?.toFixed(1)}`),
      ...(hardness < 3 ? [fault.log] : []),
    ],
    distractors: [...strays, ...noise],
    statement: [
      `Case ${number}. Users of a radio network complain. One fault is behind it; find which.`,
      `Usual values: ${usual.join('; ')}.`,
      `Counters of the last hour:\n${rows.join('\n')}`,
      `Log:\n${draw.some(log, log.length).join('\n')}`,
    ].join('\n\n'),
  };
};

/** The first cases as rows for a file of problems. */
export const networkRows = (count: number) =>
  Array.from({ length: count }, (_, number) => {
    const { statement, answer, hardness } = networkCase(number);
    return { id: `case-${number}`, statement, domain: 'diagnosis', answer, meta: { hardness } };
  });

/** The case that a prompt is about. */
export const caseIn = (prompt: string): Case => networkCase(Number(/Case (\d+)\./.exec(prompt)?.[1] ?? 0));
