import { spawnSync } from 'node:child_process';

const python = process.env.SLUICE_PYTHON ?? 'python3';

/** Prometheus' own client library for Python, which has a parser of the text format. */
export const havePrometheus = spawnSync(python, ['-c', 'import prometheus_client']).status === 0;

export interface Family {
  readonly type: string;
  readonly help: string;
  readonly samples: number;
}

const script = `
import json, sys
from prometheus_client.parser import text_string_to_metric_families
families, seen = {}, set()
for family in text_string_to_metric_families(sys.stdin.read()):
    assert family.name not in families, 'twice: ' + family.name
    for sample in family.samples:
        series = (sample.name, tuple(sorted(sample.labels.items())))
        assert series not in seen, 'twice: %s %s' % series
        seen.add(series)
        float(sample.value)
    families[family.name] = {'type': family.type, 'help': family.documentation, 'samples': len(family.samples)}
print(json.dumps(families))
`;

/** What that parser finds in a scrape, by name (of counters without `_total`). Throws where it refuses it, or a series comes twice. */
export const parsedMetrics = (text: string): Record<string, Family> => {
  const { status, stdout, stderr } = spawnSync(python, ['-c', script], { input: text, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
};
