import { afterAll, beforeAll, expect, it } from 'vitest';
import { ownDomains } from '../../../../domains/registry.ts';
import { withClaims } from '../../../../flow/status/problems/claims.ts';
import { type Trail, trailOf } from '../../../../flow/status/problems/trail.ts';
import { scan } from '../../../../flow/store/scan.ts';
import { topics } from '../../../../topologies/topics.ts';
import { type Ran, ran } from '../../ran.ts';

let run: Ran;
const trails: Trail[] = [];
beforeAll(async () => {
  run = await ran();
  for await (const { record } of scan(run.transport, topics.graded)) {
    const trail = await trailOf(run.transport, 'test', record.problem.id);
    if (trail) trails.push(trail);
  }
});
afterAll(() => run.close());

it('an answer is read again as it was judged: the claim that none took back is the one on record', () => {
  const judged = trails.flatMap((trail) =>
    withClaims(trail, ownDomains, {}).graded.flatMap(({ attempts }) => attempts),
  );
  expect(judged.length).toBeGreaterThan(20);
  for (const { claims, extracted, found } of judged) {
    const answers = claims?.filter(({ lost }) => lost === null) ?? [];
    if (found !== null) expect(answers).toMatchObject([{ text: extracted, how: found }]);
  }
});

it('where a convention is not accepted, what stands so is no answer', () => {
  const [trail] = trails.filter(({ graded }) => graded[0]?.attempts[0]?.found === 'boxed');
  const [attempt] = withClaims(trail!, ownDomains, { student: ['tagged'] }).graded[0]!.attempts;
  expect(attempt!.claims!.length).toBeGreaterThan(0);
  for (const { lost } of attempt!.claims!) expect(lost).not.toBeNull();
});

it('what was not judged by its text, and what is very long, is not read again', () => {
  const [trail] = trails;
  const withAttempt = (change: object) => ({
    ...trail!,
    graded: trail!.graded.map((one) => ({ ...one, attempts: one.attempts.map((each) => ({ ...each, ...change })) })),
  });
  for (const change of [{ finish: 'length' }, { answer: '' }, { answer: `\\boxed{1}${' '.repeat(60_000)}` }])
    for (const { attempts } of withClaims(withAttempt(change), ownDomains, {}).graded)
      for (const { claims } of attempts) expect(claims).toBeNull();
});
