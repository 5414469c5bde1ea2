import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadConfig } from '../../../cli/config/load.ts';
import { checkStore } from '../../../cli/doctor/check-store.ts';
import type { Status } from '../../../flow/status/status.ts';
import { openRunsPage } from '../../../page/live/runs-page.ts';
import { rehearsalProblems } from '../../../rehearsal/exercises/problems.ts';
import { type Rehearsal, startRehearsal } from '../../../rehearsal/server/server.ts';
import { describeKafka } from '../../helpers/kafka/with-kafka.ts';
import { until } from '../../helpers/kafka/world.ts';
import { type Place, place, type Started } from '../../helpers/sluice.ts';
import { heldConfig, holdingServer } from '../holding-server.ts';
import { workFolder } from '../sluice.ts';

const stagesOf = { grader: 'ingest,grade,export', sampler: 'score,level,sample,generate' } as const;

describeKafka('sluice status on Kafka', (brokers) => {
  const prefix = `status-${randomUUID().slice(0, 8)}`;
  let models: Rehearsal;
  let held: Awaited<ReturnType<typeof holdingServer>>;
  let there: Place;
  const started: Started[] = [];

  beforeAll(async () => {
    models = await startRehearsal();
    held = await holdingServer(models.url, 30);
    there = place(heldConfig(models.url, held.url, { kind: 'kafka', brokers, prefix, partitions: 4 }));
    there.write('problems.jsonl', [...rehearsalProblems({ seed: 1, count: 60 })]);
  });
  afterAll(async () => {
    await Promise.all(started.map((one) => one.kill()));
    await held.close();
    await models.close();
    there.remove();
  });

  const start = (name: keyof typeof stagesOf): Started => {
    const process = there.start('run', '--stages', stagesOf[name], '--set', `transport.instanceId=${name}`);
    started.push(process);
    return process;
  };
  const look = async (): Promise<Status> => JSON.parse((await there.run('status', '--json')).stdout);
  const atWork = async (): Promise<string> => {
    const { check, transport } = await checkStore(loadConfig(join(there.folder, 'sluice.yaml'), [], {}), Date.now());
    await transport?.close();
    return check.message;
  };

  it('shows what all processes do, and goes on when one of them has ended', async () => {
    start('grader');
    const sampler = start('sampler');
    let status: Status | null = null;
    // The student is held up after thirty calls, so that the run cannot end meanwhile.
    await until(async () => {
      status = await readable(look);
      return status !== null && status.stages.length === 5 && callsOf(status, 'student') === 30 && taught(status) > 0;
    });
    const { phase, stages, endpoints, spent } = status as unknown as Status;
    expect(phase).toBe('running');
    expect(stages.map(({ stage }) => stage)).toEqual(['grade', 'score', 'level', 'sample', 'generate']);
    // The scorer's is there from its first answer on.
    const asked = endpoints.map(({ role }) => role).filter((role) => role !== 'scorer');
    expect(asked).toEqual(['student', 'teacher']);
    expect(spent.models.student?.requests).toBeGreaterThan(0);
    expect(await atWork()).toMatch(/; processes \d+ \(grader\), \d+ \(sampler\) work on the run$/);

    sampler.signal('SIGTERM');
    await sampler.ended;
    const left = await look();
    expect(left.phase).toBe('running');
    expect(left.stages.map(({ stage }) => stage)).toEqual(['grade']);
    expect(callsOf(left, 'student')).toBe(30);
    expect(taught(left)).toBeGreaterThanOrEqual(spent.models.teacher?.requests as number);
    expect(await atWork()).toMatch(/; process \d+ \(grader\) works on the run$/);
  });

  it('is shown by the page of another machine, which has nothing but the configuration', async () => {
    const elsewhere = workFolder({ 'sluice.yaml': readFileSync(join(there.folder, 'sluice.yaml')) });
    const settings = loadConfig(join(elsewhere.path, 'sluice.yaml'), [], {});
    const page = await openRunsPage([settings], { host: '127.0.0.1', port: 0 });
    try {
      const { phase, states, spent } = await look();
      expect(await firstLook(page.url)).toMatchObject({ phase, states, spent: { models: spent.models } });
      const asked = async (path: string) => (await fetch(page.url + path)).json();
      const { hits } = (await asked('search?state=unread')) as { hits: readonly { readonly id: string }[] };
      expect(await asked(`problem?id=${hits[0]!.id}`)).toMatchObject({ id: hits[0]!.id, state: 'unread' });
    } finally {
      await page.close();
      elsewhere.destroy();
    }
  });
});

/** What a page tells of its run as soon as one looks. */
const firstLook = async (url: string): Promise<unknown> => {
  let told = '';
  const { body } = await fetch(`${url}events`);
  for await (const some of body!.pipeThrough(new TextDecoderStream())) {
    told += some;
    if (told.includes('\n\n')) break;
  }
  return JSON.parse(/^data: (.*)$/m.exec(told)![1]!).runs[0];
};

const callsOf = ({ endpoints }: Status, wanted: string): number | undefined =>
  endpoints.find(({ role }) => role === wanted)?.inFlight;

const taught = ({ spent }: Status): number => spent.models.teacher?.requests ?? 0;

/** Null as long as there is no run to look at. */
const readable = (look: () => Promise<Status>): Promise<Status | null> => look().catch(() => null);
