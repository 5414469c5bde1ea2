import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reconcile } from '../../../flow/status/reconcile.ts';
import { scan } from '../../../flow/store/scan.ts';
import type { Transport } from '../../../runtime/transport.ts';
import { topics } from '../../../topologies/topics.ts';
import { sluiceHere } from '../../helpers/sluice-here.ts';
import { type Ran, ran } from '../ran.ts';

describe('the counts of a run, held against its topics', () => {
  let run: Ran;
  beforeAll(async () => {
    run = await ran();
  });
  afterAll(() => run.close());
  const counted = () => {
    const { emitted = 0, rejected = 0, unverifiable = 0 } = run.report.states;
    return { emitted, rejected, unverifiable };
  };
  /** The run's topics as somebody else left them: without a record of one topic, or with each of them twice. */
  const tampered = (topic: string, change: 'lost' | 'doubled'): Transport => ({
    ...run.transport,
    read: async (name, partition, from, max) => {
      const page = await run.transport.read(name, partition, from, max);
      if (name !== topic) return page;
      return change === 'lost' ? page.slice(1) : page.flatMap((record) => [record, record]);
    },
  });

  it('agree', async () => {
    expect(await reconcile(run.transport, counted())).toEqual([]);
    const { stdout } = await sluiceHere(['doctor'], { cwd: run.folder });
    expect(stdout).toMatch(/^ok +counts +12 emitted, \d+ rejected, 0 unverifiable: as on the topics$/m);
  });

  it('are found to differ where a record is gone, doubled, or was never counted', async () => {
    expect(await reconcile(tampered('cot', 'lost'), counted())).toContainEqual(
      expect.stringMatching(/^12 emitted were counted, \d+ are on the topics$/),
    );
    expect(await reconcile(tampered('cot', 'lost'), counted())).toContainEqual(
      expect.stringMatching(/^\d problems were emitted, say their outcomes, and are not on cot$/),
    );
    expect(await reconcile(tampered('rejected', 'doubled'), counted())).toContain(
      `${counted().rejected} problems are more than once on rejected`,
    );
    expect(await reconcile(run.transport, { ...counted(), unverifiable: 1 })).toEqual([
      '1 unverifiable were counted, 0 are on the topics',
    ]);
  });

  it('make a run fail, and say so', async () => {
    for await (const { stored } of scan(run.transport, topics.cot)) {
      const { topic, partition, key, value, headers } = stored;
      await run.transport.append([{ topic, partition, key, value, headers }]);
      break;
    }
    const again = await sluiceHere(['run'], { cwd: run.folder });
    expect(again.code).toBe(1);
    expect(again.stdout).toContain('the topics disagree: 1 problems are more than once on cot');
    const { code, stdout } = await sluiceHere(['doctor'], { cwd: run.folder });
    expect([code, stdout]).toEqual([1, expect.stringMatching(/^wrong +counts +1 problems are more than once on cot/m)]);
  });
});
