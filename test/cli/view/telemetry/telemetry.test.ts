import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { rehearsalProblems } from '../../../../rehearsal/exercises/problems.ts';
import { startRehearsal } from '../../../../rehearsal/server/server.ts';
import { answered } from '../../../helpers/models/model-replies.ts';
import { modelServer } from '../../../helpers/models/model-server.ts';
import { type Collector, openCollector } from '../../../helpers/otlp-collector.ts';
import { sluiceHere } from '../../../helpers/sluice-here.ts';
import { command, configText, easyConfigText, workFolder } from '../../sluice.ts';

const KEY = 'Bearer a-key-of-the-collector-0123456789';
const linesOf = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
const problems = [...rehearsalProblems({ seed: 1, count: 30 })];

/** What a metric with these labels was when it was last sent. */
const figure = ({ metrics }: Collector, name: string, labels: Readonly<Record<string, string>>): number | undefined =>
  metrics
    .findLast((one) => one.name === name)
    ?.points.find(({ attributes }) => Object.entries(labels).every(([label, value]) => attributes[label] === value))
    ?.value;

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
      'problems.jsonl': linesOf(problems),
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
      expect(last?.resource).toMatchObject({
        'service.name': 'sluice',
        'sluice.run': report.run,
        'sluice.command': 'run',
      });
    }
    const last = (name: string) => collector.metrics.findLast((one) => one.name === name);
    for (const [state, number] of Object.entries(report.states)) {
      expect(figure(collector, 'sluice_problems', { state }), state).toBe(number);
    }
    expect(figure(collector, 'sluice_model_requests_total', { role: 'teacher' })).toBe(report.models.teacher.requests);
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

  it('sends what is told of other commands under their names: an evaluation, a plan, an ingest', async () => {
    const [models, collector] = [await startRehearsal(), await collect()];
    ends.push(() => models.close());
    const folder = workFolder({
      'sluice.yaml': `${easyConfigText(models.url)}
evaluation: [{ path: held-out.jsonl }]
telemetry: { otlp: "${collector.url}", traced: 1 }`,
      'problems.jsonl': linesOf(problems),
      'held-out.jsonl': linesOf([...rehearsalProblems({ seed: 2, count: 20 })]),
      'more.jsonl': `${JSON.stringify({ statement: 'What is 1 + 1?', answer: '2' })}\n{}\n`,
    });
    ends.push(() => folder.destroy());
    const of = async (...args: string[]) => {
      collector.spans.length = 0;
      collector.metrics.length = 0;
      const told = await sluiceHere(args, { cwd: folder.path });
      expect(told.code, told.stderr).toBe(0);
      expect(new Set(collector.metrics.map(({ resource }) => resource['sluice.command']))).toEqual(new Set([args[0]]));
      return told.stdout;
    };
    const spans = (stage: string) =>
      new Set(collector.spans.flatMap((span) => (span.name === stage ? span.traceId : [])));

    const evaluated = JSON.parse(await of('evaluate', '--json'));
    expect(spans('evaluate-grade').size).toBe(evaluated.problems);
    expect(figure(collector, 'sluice_stage_records_total', { stage: 'evaluate-grade', outcome: 'done' })).toBe(20);
    expect(figure(collector, 'sluice_model_requests_total', { role: 'student' })).toBe(evaluated.attempts);
    expect(figure(collector, 'sluice_endpoint_calls_ended_total', { role: 'student', outcome: 'answered' })).toBe(20);
    expect(figure(collector, 'sluice_endpoint_calls_limit', { role: 'teacher' })).toBeUndefined();

    const planned = JSON.parse(await of('plan', '--pilot', '6', '--json'));
    expect(planned.pilot).toBe(6);
    expect([...spans('score')]).toEqual([...spans('grade')]);
    expect(spans('grade').size).toBe(6);
    expect(spans('generate').size).toBe(
      figure(collector, 'sluice_stage_records_total', { stage: 'generate', outcome: 'done' }),
    );
    expect(figure(collector, 'sluice_model_requests_total', { role: 'teacher' })).toBeGreaterThan(0);

    await of('ingest', 'more.jsonl');
    expect(figure(collector, 'sluice_stage_records_total', { stage: 'ingest', outcome: 'done' })).toBe(1);
    expect(figure(collector, 'sluice_stage_records_total', { stage: 'ingest', outcome: 'dead_letter' })).toBe(1);
    expect(collector.spans).toEqual([]);
  });

  it('sends what a served verifier judges, and how the models that it asks are', async () => {
    const [judge, collector] = [
      await modelServer({ chat: () => answered('VERDICT: yes', 'thinking') }),
      await collect(),
    ];
    ends.push(() => judge.close());
    const folder = workFolder({
      'sluice.yaml': `${configText(judge.url)}
domains: { essays: { kind: model, baseUrl: "${judge.url}/v1", model: judge } }
telemetry: { otlp: "${collector.url}", everySeconds: 1 }`,
    });
    ends.push(() => folder.destroy());
    const child = spawn(process.execPath, [command, 'verify', '-c', 'sluice.yaml', '--serve', '127.0.0.1:0'], {
      cwd: folder.path,
    });
    ends.push(() => child.kill('SIGKILL'));
    const ended = once(child, 'close');
    const [said] = await once(child.stderr, 'data');
    const rows = [1, 2, 3].map((one) => ({ domain: 'essays', answer: `rust ${one}`, response: 'It is rust.' }));
    const asked = await fetch(/http\S+/.exec(String(said))![0], { method: 'POST', body: JSON.stringify(rows) });
    expect(await asked.json()).toMatchObject([{ verdict: 'right' }, { verdict: 'right' }, { verdict: 'right' }]);
    // While it serves, not at its end alone.
    await expect
      .poll(() => figure(collector, 'sluice_stage_records_total', { stage: 'verify', outcome: 'done' }))
      .toBe(3);
    child.kill('SIGTERM');
    await ended;
    expect(figure(collector, 'sluice_model_requests_total', { role: 'verifier' })).toBe(3);
    expect(figure(collector, 'sluice_endpoint_responses_total', { role: 'verifier', status: '200' })).toBe(3);
    expect(collector.metrics[0]?.resource).toMatchObject({ 'sluice.command': 'verify', 'sluice.run': 'test' });
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
