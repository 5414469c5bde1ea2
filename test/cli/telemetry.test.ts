import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { rehearsalProblems } from '../../rehearsal/exercises/problems.ts';
import { startRehearsal } from '../../rehearsal/server/server.ts';
import { type Collector, openCollector } from '../helpers/otlp-collector.ts';
import { sluiceHere } from '../helpers/sluice-here.ts';
import { easyConfigText, workFolder } from './sluice.ts';

const KEY = 'Bearer a-key-of-the-collector-0123456789';
const problems = [...rehearsalProblems({ seed: 1, count: 30 })];

describe('telemetry', { timeout: 120_000 }, () => {
  const ends: (() => unknown)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });

  /** A run whose telemetry goes there, and its report. */
  const sent = async (url: string, traced = 1) => {
    const models = await startRehearsal();
    ends.push(() => models.close());
    const setting = `telemetry: { otlp: "${url}/", headers: { authorization: "\${OTLP_KEY}" }, traced: ${traced} }`;
    const folder = workFolder({
      'sluice.yaml': `${easyConfigText(models.url)}\n${setting}`,
      'problems.jsonl': problems.map((row) => `${JSON.stringify(row)}\n`).join(''),
    });
    ends.push(() => folder.destroy());
    const told = await sluiceHere(['run', '--yes', '--json'], { cwd: folder.path, env: { OTLP_KEY: KEY } });
    expect(told.code, told.stderr).toBe(0);
    const lines = readFileSync(join(folder.path, 'out/cot.jsonl'), 'utf8').trim().split('\n');
    const emitted = lines.map((line) => JSON.parse(line) as { id: string; reasoning: string });
    return { report: JSON.parse(told.stdout), stderr: told.stderr, emitted };
  };
  const collect = async (): Promise<Collector> => {
    const collector = await openCollector();
    ends.push(() => collector.close());
    return collector;
  };

  it('sends a span a problem and stage, under the id of the problem, and the metrics of the run', async () => {
    const collector = await collect();
    const { report, emitted } = await sent(collector.url);
    const spans = (stage: string) => collector.spans.filter(({ name }) => name === stage);
    expect(spans('grade')).toHaveLength(report.problems);
    expect(spans('level')).toHaveLength(report.problems);
    for (const { id } of emitted) {
      const way = collector.spans.filter(({ traceId }) => traceId === id);
      expect(way.map(({ name }) => name)).toEqual(expect.arrayContaining(['grade', 'level', 'sample', 'generate']));
      const last = way.find(({ name }) => name === 'generate');
      expect(last?.attributes['sluice.outcome']).toContain('cot');
      expect(last?.nanoseconds).toBeGreaterThan(0n);
      expect(last?.resource).toMatchObject({ 'service.name': 'sluice', 'sluice.run': report.run });
    }
    const last = (name: string) => collector.metrics.findLast((one) => one.name === name);
    const count = (name: string, label: string, value: string) =>
      last(name)?.points.find(({ attributes }) => attributes[label] === value)?.value;
    for (const [state, number] of Object.entries(report.states)) {
      expect(count('sluice_problems', 'state', state), state).toBe(number);
    }
    expect(count('sluice_model_requests_total', 'role', 'teacher')).toBe(report.models.teacher.requests);
    expect(last('sluice_model_requests_total')).toMatchObject({ kind: 'sum', isMonotonic: true });
    const calls = last('sluice_commit_duration_seconds');
    expect(calls?.kind).toBe('histogram');
    for (const { buckets, bounds, value } of calls?.points ?? []) {
      expect(buckets).toHaveLength(bounds.length + 1);
      expect(buckets.reduce((sum, some) => sum + some, 0)).toBe(value);
    }
    // The key goes in the header alone, and no text of a model or a data set goes at all.
    expect(collector.headers.every(({ authorization }) => authorization === KEY)).toBe(true);
    const told = Buffer.concat(collector.bodies).toString('latin1');
    expect(told).not.toContain(KEY.slice('Bearer '.length));
    for (const { statement } of problems) expect(told).not.toContain((statement as string).slice(0, 30));
    for (const { reasoning } of emitted) expect(told).not.toContain(reasoning.slice(0, 30));
  });

  it('traces a share of the problems, each of them at every stage or at none', async () => {
    const collector = await collect();
    const { report } = await sent(collector.url, 0.4);
    const traced = (stage: string) =>
      new Set(collector.spans.filter(({ name }) => name === stage).map(({ traceId }) => traceId));
    expect(traced('grade').size).toBeGreaterThan(0);
    expect(traced('grade').size).toBeLessThan(report.problems);
    expect(traced('level')).toEqual(traced('grade'));
  });

  it('says once that nobody takes it, and the run goes on', async () => {
    const { stderr } = await sent('http://127.0.0.1:1');
    expect(stderr.match(/traces and metrics cannot be sent to http:\/\/127\.0\.0\.1:1/g)).toHaveLength(1);
  });
});
