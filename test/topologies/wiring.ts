/** Wiring mistakes that must not compile: held by `tsc`, which fails where an expected error does not come. */
import { type Fold, from, merge, type Step, type Topic, topology } from '../../runtime/topology.ts';
import type { Admitted, Control, Cot, Graded, Levelled, Outcome, Problem, Rejected } from '../../schemas/types.ts';
import { topics } from '../../topologies/topics.ts';

declare const grade: Step<Problem, { graded: Graded }>;
declare const level: Step<Graded, { levelled: Levelled }>;
declare const generate: Step<Admitted, { cot: Cot; rejected: Rejected; outcome: Outcome }>;
declare const sampler: Fold<
  { levelled: Levelled; outcomes: Outcome; control: Control },
  { admitted: number },
  Admitted,
  'levelled'
>;
declare const dead: (admitted: Admitted) => Outcome;

const { problems, graded, levelled, outcomes, control, admitted, cot, rejected } = topics;
const all = { levelled, outcomes, control };
const ends = { cot, rejected, outcome: outcomes };

export const rightWiring = topology(
  'right',
  from(problems).via('grade', grade).to({ graded }),
  from(graded).via('level', level).to({ levelled }),
  merge(all).fold('sample', sampler).to(admitted),
  from(admitted).via('generate', generate).to(ends).deadLettersAs('outcome', dead),
);

export const wrongWirings = (): void => {
  // @ts-expect-error a topic of another record
  from(problems).via('grade', grade).to({ graded: levelled });
  // @ts-expect-error a port without a topic
  from(admitted).via('generate', generate).to({ cot, rejected });
  // @ts-expect-error a step that cannot read this topic
  from(problems).via('level', level);
  // @ts-expect-error a flow that ends nowhere
  topology('dangling', from(problems).via('grade', grade));
  // @ts-expect-error a merge that lacks an input of the fold
  merge({ levelled, outcomes }).fold('sample', sampler);
  // @ts-expect-error a merge with an input under another record
  merge({ levelled, outcomes, control: graded }).fold('sample', sampler);
  // @ts-expect-error a sampler's output on another topic
  merge(all).fold('sample', sampler).to(cot);
  const generated = from(admitted).via('generate', generate).to(ends);
  // @ts-expect-error a dead letter that becomes something else
  generated.deadLettersAs('outcome', (one: Admitted) => one.admission);
  // @ts-expect-error a dead letter for a port that is not there
  generated.deadLettersAs('outcomes', dead);
  // @ts-expect-error a distinct rule about another record
  from(problems, { accepts: (one: Cot) => one.simulated, key: () => '', content: () => '', conflict: '' });
  const strange: Topic<{ other: true }> = { ...topics.cot, codec: null as never, key: () => '' };
  // @ts-expect-error a stranger's topic
  from(strange).via('grade', grade);
};
