import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ModelRole } from '../../../../flow/wiring/open-models.ts';
import { type ModelUsage, noUsage } from '../../../../flow/wiring/usage/usage.ts';
import { keepUsage, type ModelsUsage, usageBefore, usageOfRun } from '../../../../flow/wiring/usage/usage-kept.ts';
import type { Transport } from '../../../../runtime/transport.ts';
import { openEmbedded } from '../../../../runtime/transports/embedded/open.ts';
import { topicSpecs } from '../../../../topologies/topics.ts';

describe('what the models cost a run of several processes', () => {
  let folder: string;
  let transport: Transport;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sluice-usage-'));
    transport = openEmbedded({ path: folder, run: 'run', partitions: 1, runner: true });
    await transport.apply(topicSpecs);
  });
  afterEach(async () => {
    await transport.close();
    rmSync(folder, { recursive: true });
  });

  /** A process of this name that has asked the student so often. */
  const start = async (worker: string, over: Transport = transport) => {
    const named = { ...over, worker: () => worker };
    const before = await usageBefore(named);
    let asked = before.student?.requests ?? 0;
    const kept = keepUsage(named, { usage: () => usage(asked) });
    return { ...kept, ask: (count: number) => (asked += count) };
  };

  it('is the sum of what each has spent, at once of one’s own and as it was kept of the others', async () => {
    const [a, b] = [await start('a'), await start('b')];
    a.ask(3);
    await a.sync();
    b.ask(4);
    expect(requests(await b.sync())).toBe(7);
    a.ask(2);
    expect(requests(b.ofRun())).toBe(7);
    expect(requests(await a.sync())).toBe(9);
    await a.stop();
    await b.stop();
    expect(requests(await usageOfRun(transport))).toBe(9);
  });

  it('is said again only where it has changed', async () => {
    let puts = 0;
    const counted: Transport = {
      ...transport,
      table: (name) => ({
        ...transport.table(name),
        put: (...given) => {
          puts++;
          return transport.table(name).put(...given);
        },
      }),
    };
    const a = await start('a', counted);
    await a.sync();
    await a.sync();
    expect(puts).toBe(1);
    a.ask(3);
    await a.stop();
    expect(puts).toBe(2);
    expect(requests(await usageOfRun(transport))).toBe(3);
  });

  it('goes on where a process of the name stopped', async () => {
    for (const total of [3, 6]) {
      const a = await start('a');
      a.ask(3);
      await a.stop();
      expect(requests(await usageOfRun(transport))).toBe(total);
    }
  });
});

/** So many requests to the student, each with a price. */
const usage = (count: number): Record<Exclude<ModelRole, 'verifier'>, ModelUsage> => ({
  student: {
    ...{ requests: count, promptTokens: 10 * count, completionTokens: count, cachedTokens: count },
    ...{ reasoningTokens: 0, cost: count / 4, journalHits: count, recorded: 0 },
  },
  scorer: noUsage,
  teacher: noUsage,
});

const requests = ({ student }: ModelsUsage): number => student?.requests ?? 0;
