import { formatsNamed } from '../../../datasets/out/exporters/formats.ts';
import type { ExportFormat, OfRun } from '../../../datasets/out/format/format.ts';
import type { Placed } from '../../../datasets/out/shards/write-shards.ts';
import { levels } from '../../../schemas/hardness.ts';
import type { Cot, Level } from '../../../schemas/types.ts';
import { cot, problem } from '../records.ts';

/** So many verified records over three partitions, in canonical order, each with something of its own. */
export async function* placedRecords(count: number, from = 0): AsyncGenerator<Placed<Cot>> {
  for (let partition = 0; partition < 3; partition++)
    for (let offset = from; offset < from + count / 3; offset++)
      yield { partition, offset, record: recordOf(partition * 1_000_000 + offset) };
}

const recordOf = (n: number): Cot =>
  cot({
    problem: problem({
      id: n.toString(16).padStart(32, '0'),
      statement: `What is ${n} + 1? “né” \u2028 🙂`,
      answer: String(n + 1),
      source: { ...problem().source, row: n, licence: n % 2 ? 'MIT' : 'CC-BY-4.0' },
    }),
    level: levels[n % levels.length] as Level,
    reasoning: `${n} and one more.\n`.repeat((n % 50) + 1),
    answer: `\\boxed{${n + 1}}`,
  });

/** What rows may tell of the run. */
export const ofRun: OfRun = {
  run: 'run-1',
  asked: ({ statement }) => [{ role: 'user', content: statement }],
  ability: (domain) => (domain === 'maths' ? 'math' : domain),
};

/** The format of that name which verified records are rendered in. */
export const cotFormat = (name: string): ExportFormat<'cot'> =>
  formatsNamed(name).find(({ from }) => from === 'cot') as ExportFormat<'cot'>;

export const facts = {
  run: 'run-1',
  student: 'student-a',
  teacher: 'teacher-b',
  settings: { target: { records: 30, distribution: 'curriculum' }, note: '```' },
};
