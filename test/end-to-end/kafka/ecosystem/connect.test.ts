import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { CotLine } from '../../../../datasets/out/exporters/canonical.ts';
import { canRunKafka } from '../../../../deploy/broker/jars.ts';
import { sunk } from '../../../helpers/kafka/connect/sunk.ts';
import { recordedPlace } from '../../../helpers/kafka/recorded-place.ts';
import { describeKafka } from '../../../helpers/kafka/with-kafka.ts';

const COUNT = 20;
const jars = await canRunKafka();
const [, documented = ''] = /^```properties\n(.*?)^```/ms.exec(readFileSync('docs/kafka.md', 'utf8')) ?? [];

describeKafka('Kafka Connect', (brokers) => {
  it.skipIf(!jars)(
    'gives a sink with the settings of the documentation each line of cot.jsonl once',
    async () => {
      const prefix = `connect-${randomUUID().slice(0, 8)}`;
      const there = recordedPlace(COUNT, { brokers, prefix, partitions: 3 });
      try {
        for (const command of [['topics', 'apply', '--mirror'], ['run'], ['topics', 'mirror']]) {
          const { code, stderr } = await there.runHere(...command);
          expect(code, stderr).toBe(0);
        }
        const found = await sunk<CotLine>(brokers, `${prefix}.run.cot-json`, documented, COUNT);
        const lines = there.lines<CotLine>('cot.jsonl');
        const byId = (one: { key: unknown }, two: { key: unknown }) => (`${one.key}` < `${two.key}` ? -1 : 1);
        expect(found.sort(byId)).toEqual(lines.map((value) => ({ key: value.id, value })).sort(byId));
      } finally {
        there.remove();
      }
    },
    240_000,
  );
});
