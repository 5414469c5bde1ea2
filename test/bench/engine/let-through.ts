import type { Transport } from '../../../runtime/transport.ts';
import { levels } from '../../../schemas/hardness.ts';
import type { Level, Levelled } from '../../../schemas/types.ts';
import { topics } from '../../../topologies/topics.ts';
import { begin, fakeCapabilities, fakeModel, problem, runFlow, wrongGrade } from '../../helpers/flow.ts';
import { type Speed, stopwatch } from './stopwatch.ts';

export const text = 'x'.repeat(1000);

export const levelledOf = (id: string, level: Level): Levelled => ({
  problem: { ...problem(id), statement: text },
  grade: wrongGrade('s'),
  score: 0.5,
  level,
  simulated: false,
});

/** A levelled backlog, of which all is let through, by the sampler's stage alone. */
export const letThrough = async (transport: Transport, count: number): Promise<Speed> => {
  for (let from = 0; from < count; from += 5000) {
    await transport.append(
      Array.from({ length: 5000 }, (_, index) => {
        const id = `p${from + index}`;
        const value = topics.levelled.codec.encode(levelledOf(id, levels[index % 6] as Level));
        return { topic: 'levelled', partition: 0, key: id, value, headers: {} };
      }),
    );
  }
  const target = { records: null, admit: 'streaming', onShortfall: 'report', seed: 1 } as const;
  await begin(transport, { ...target, weights: 'natural' });
  const stopping = new AbortController();
  let admitted = 0;
  let speed = stopwatch();
  await runFlow(transport, fakeCapabilities(fakeModel(() => '1').model, fakeModel(() => '1').model), {
    stages: ['sample'],
    stopping: stopping.signal,
    observe: (event) => {
      if (event.kind === 'assigned') speed = stopwatch();
      if (event.kind === 'folded') admitted += event.admitted;
      if (admitted >= count) stopping.abort();
    },
  });
  return speed(count);
};
