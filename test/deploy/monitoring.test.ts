import { readFileSync } from 'node:fs';
import { parser } from '@prometheus-io/lezer-promql';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { metrics } from '../../cli/view/metrics/metrics.ts';
import { noLatency } from '../../llm/endpoint/workload.ts';
import { levels } from '../../schemas/hardness.ts';
import { havePrometheus, parsedMetrics } from '../helpers/prometheus.ts';

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly annotations: { readonly summary: string };
}
interface Panel {
  readonly title: string;
  readonly targets: readonly { readonly expr: string; readonly legendFormat: string }[];
}

const read = (file: string): string => readFileSync(`deploy/monitoring/${file}`, 'utf8');
const rules: Rule[] = parse(read('alerts.yaml')).groups.flatMap(({ rules }: { rules: Rule[] }) => rules);
const panels: Panel[] = JSON.parse(read('dashboard.json')).panels;

/** The metrics and labels that an expression names, or where it is not PromQL. */
const named = (expression: string): { metrics: string[]; labels: string[]; faults: string[] } => {
  const found = { metrics: [] as string[], labels: [] as string[], faults: [] as string[] };
  const text = expression.replaceAll('$run', 'any');
  parser.parse(text).iterate({
    enter: ({ type, from, to }) => {
      const said = text.slice(from, to);
      if (type.isError) found.faults.push(`at ${from}: ${text.slice(from, from + 20)}`);
      if (type.name === 'Identifier') found.metrics.push(said);
      if (type.name === 'LabelName') found.labels.push(said);
    },
  });
  return found;
};

/** What a run exposes, as Prometheus gets it. */
const scraped = async (): Promise<string> => {
  const usage = { requests: 1, promptTokens: 1, completionTokens: 1, cachedTokens: 0, reasoningTokens: 0 };
  const level = { problems: 1, share: 1, quota: 1, parked: 0, teaching: 0, emitted: 1, failed: 0, closed: false };
  const told = metrics('run', '0');
  told.observe({ kind: 'committed', stage: 'grade', partition: 0, milliseconds: 1 } as never, 0);
  told.observe({ kind: 'rebalanced', stage: 'grade' } as never, 0);
  told.observe({ kind: 'throttled', milliseconds: 1_500 }, 0);
  told.observe({ kind: 'aborted' }, 0);
  const endpoint = {
    ...{ role: 'student', model: 'm', member: 'a', inFlight: 1, waiting: 0, limit: 1, faults: 0, oldestSeconds: 3 },
    ...{
      ended: { answered: 2, shed: 1 },
      statuses: { 200: 2, 429: 1 },
      latency: { ...noLatency, count: 2, seconds: 7 },
    },
  };
  const status = {
    ...{ phase: 'running', states: { emitted: 1 }, deadLetters: { code: 1 }, target: { halted: 'reason' } },
    levels: Object.fromEntries(levels.map((one) => [one, level])),
    stages: [{ stage: 'grade', done: 1, dead: 0, inHand: 1, oldestSeconds: 40, perSecond: 1 }],
    endpoints: [{ ...endpoint, phase: 'closed' }],
    spent: {
      tokens: 1,
      cost: 1,
      ceilings: { tokens: 2, cost: 2 },
      models: { student: { ...usage, cost: 1, journalHits: 0 } },
    },
  };
  const lags = [{ stage: 'sample', topic: 'levelled', partition: 0, records: 1 }];
  const text = await told.text({ status: status as never, passedOver: new Map(), lags, answeredSecondsAgo: 1 });
  told.close();
  return text;
};

/** The names in it, with every label that any of their figures has. */
const exposed = async (): Promise<ReadonlyMap<string, ReadonlySet<string>>> => {
  const text = await scraped();
  const found = new Map<string, Set<string>>();
  for (const [, name, labels = ''] of text.matchAll(/^([a-z_]\w*)(?:\{(.*)\})? \S+$/gm)) {
    const all = found.get(name!) ?? new Set(['instance', 'job']);
    for (const [, label] of labels.matchAll(/(\w+)="/g)) all.add(label!);
    found.set(name!, all);
  }
  return found;
};

const expressions: readonly (readonly [string, string, string])[] = [
  ...rules.map(({ alert, expr, annotations }) => [alert, expr, annotations.summary] as const),
  ...panels.flatMap(({ title, targets }) =>
    targets.map(({ expr, legendFormat }) => [title, expr, legendFormat] as const),
  ),
];

describe('dashboard and alerts', () => {
  it.each(expressions)('%s asks for what a run exposes', async (_title, expression, text) => {
    const all = await exposed();
    const { metrics: names, labels, faults } = named(expression);
    expect(faults).toEqual([]);
    expect(names.length).toBeGreaterThan(0);
    const known = new Set(['le', ...names.flatMap((name) => [...(all.get(name) ?? [])])]);
    for (const name of names) expect([...all.keys()]).toContain(name);
    const shown = [...text.matchAll(/\{\{ ?(?:\$labels\.)?(\w+) ?\}\}/g)].map(([, label]) => label!);
    for (const label of [...labels, ...shown]) expect([...known], label).toContain(label);
  });

  it('never takes the increase of a gauge', async () => {
    const gauges = [...(await scraped()).matchAll(/^# TYPE (\S+) gauge$/gm)].map(([, name]) => name!);
    expect(gauges).toContain('sluice_level_emitted_records');
    for (const [title, expression] of expressions)
      for (const gauge of gauges) expect(expression, title).not.toMatch(new RegExp(`(increase|i?rate)\\(${gauge}\\b`));
  });

  it('is told a histogram of calls whose buckets rise to what was counted', async () => {
    const text = await scraped();
    expect(text).toMatch(/^# TYPE sluice_endpoint_call_duration_seconds histogram$/m);
    const labels = 'role="student",model="m",member="a"';
    expect(text).toMatch(new RegExp(`sluice_endpoint_call_duration_seconds_bucket{${labels},le="\\+Inf",run="run"} 2`));
    expect(text).toContain(`sluice_endpoint_call_duration_seconds_sum{${labels},run="run"} 7`);
  });

  it.skipIf(!havePrometheus)(
    'are read by Prometheus’ own parser, each figure with its type, its meaning and base units',
    async () => {
      const text = await scraped();
      const families = parsedMetrics(text);
      for (const [name, { type, help, samples }] of Object.entries(families)) {
        expect([name, type]).toEqual([name, expect.stringMatching(/^(counter|gauge|histogram)$/)]);
        expect([name, help.length > 0]).toEqual([name, true]);
        if (name.startsWith('sluice_')) expect([name, samples > 0]).toEqual([name, true]);
        expect(name).not.toMatch(/milli|_ms$|minutes|_kb$/);
      }
      expect(families.sluice_commit_duration_seconds?.type).toBe('histogram');
      expect(text).toContain('sluice_kafka_throttle_seconds_total{run="run"} 1.5');
      expect(text).toContain('sluice_kafka_transactions_aborted_total{run="run"} 1');
      const [line] = /^sluice_kafka_throttle.*$/m.exec(text)!;
      expect(() => parsedMetrics(`${text}${line}\n`)).toThrow(/twice/);
      expect(() => parsedMetrics(`${text}sluice_broken{run="a} 1\n`)).toThrow();
    },
  );

  it('finds what is no PromQL and what no run exposes', async () => {
    expect(named('sum by (run (x)').faults).not.toEqual([]);
    expect([...(await exposed()).keys()]).not.toContain(named('sum(sluice_nothing)').metrics[0]);
  });

  it.each(rules.map(({ alert }) => alert))('%s has its line for the person on call', (alert) => {
    expect(readFileSync('docs/operations.md', 'utf8')).toMatch(new RegExp(`^\\| \`${alert}\` +\\|`, 'm'));
  });
});
