import { curriculumWeights, type TargetSettings } from '../../../processors/sampling/target.ts';
import type { Transport } from '../../../runtime/transport.ts';
import { topics } from '../../../topologies/topics.ts';
import { addProblems, begin, fakeCapabilities, fakeModel, flowWorld, problem, readAll, runFlow } from '../flow.ts';
import { faultsOf, storedStates } from '../oracles/stored-states.ts';
import { doomedTransport } from './doomed-transport.ts';

const target: TargetSettings = {
  records: 60,
  weights: curriculumWeights,
  admit: 'after-grading',
  onShortfall: 'redistribute',
  seed: 3,
};

/**
 * The whole flow over 150 problems, killed after each of the given numbers of commits and begun again, then brought to
 * its end. `change` is what a mutation does to the transport.
 */
export const killedFlow = async (
  commits: readonly number[],
  change: (transport: Transport) => Transport = (transport) => transport,
) => {
  const world = flowWorld(2);
  let transport = await world.open();
  try {
    await addProblems(
      transport,
      Array.from({ length: 150 }, (_, index) => problem(`p${index}`)),
    );
    await begin(transport, target);
    let killed = 0;
    for (const count of commits) {
      const { doomed, dead } = doomedTransport(transport, count);
      const ending = flow(change(doomed)).then(() => 'complete');
      killed += (await Promise.race([dead, ending])) === 'complete' ? 0 : 1;
      await transport.close();
      transport = await world.open();
    }
    const end = await flow(change(transport));
    const emitted = (await readAll(transport, topics.cot)).map((one) => one.problem.id).sort();
    const outcomes = sorted((await readAll(transport, topics.outcomes)).map((one) => one.admission));
    const admissions = sorted((await readAll(transport, topics.admitted)).map((one) => one.admission));
    const faults = faultsOf(storedStates(`${world.path}/sluice.db`, 'test'));
    return { end, killed, emitted, outcomes, admissions, faults };
  } finally {
    await transport.close();
    world.destroy();
  }
};

const flow = (transport: Transport) =>
  runFlow(transport, fakeCapabilities(fakeModel(student).model, fakeModel(teacher).model), { inHand: () => 16 });

const numberOf = (id: string) => Number(id.slice(1));
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const tooLong = () => Object.assign(new Error('too long'), { code: 'too-long', disposition: 'dead-letter' });
const sorted = (numbers: number[]) => numbers.sort((a, b) => a - b);

/** Levels by the id; every thirteenth problem is a dead letter at once. */
const student = async (id: string) => {
  await pause(numberOf(id) % 4);
  if (numberOf(id) % 13 === 5) throw tooLong();
  return numberOf(id) % 6 === 0 ? '1' : `score=${((numberOf(id) % 6) - 1) / 5 + 0.05}`;
};

/** Every fifth fails, every seventeenth is a dead letter. */
const teacher = async (id: string) => {
  await pause(numberOf(id) % 5);
  if (numberOf(id) % 17 === 3) throw tooLong();
  return numberOf(id) % 5 === 0 ? 'wrong' : '1';
};
