import { randomUUID } from 'node:crypto';
import { ConfigResourceTypes } from 'kafkajs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { plainClient } from '../../helpers/kafka/kafkajs.ts';
import { describeKafka } from '../../helpers/kafka/with-kafka.ts';
import { type Place, place } from '../../helpers/sluice.ts';

const CEILING = 300_000;
const ADVICE = 'raise that, and the max.message.bytes of the topics and the brokers';

describeKafka('brokers that take small records only', (brokers) => {
  let there: Place;
  let prefix: string;
  beforeEach(() => {
    prefix = `ceiling-${randomUUID().slice(0, 8)}`;
    const recorded = (model: string) => ({ kind: 'recorded', path: `${model}.jsonl`, model });
    there = place({
      run: 'run',
      problems: [{ path: 'problems.jsonl' }],
      student: { ...recorded('student'), attempts: 2 },
      levels: { by: 'pass-rate' },
      target: { records: 3, distribution: 'natural' },
      teacher: recorded('teacher'),
      transport: { kind: 'kafka', brokers, prefix, partitions: 2, maxMessageBytes: CEILING },
    });
    const long = 'long '.repeat(60_000);
    const statements = ['one', 'two', 'three', long];
    there.write(
      'problems.jsonl',
      statements.map((statement, number) => ({ statement, answer: `${number}` })),
    );
    there.write(
      'student.jsonl',
      statements.map((statement) => ({ statement, response: ['Hm.</think>\\boxed{x}', 'Hm.</think>\\boxed{y}'] })),
    );
    there.write(
      'teacher.jsonl',
      statements.map((statement, number) => ({
        statement,
        response: `${number === 2 ? long : 'So.'}</think>\\boxed{${number}}`,
      })),
    );
  });
  afterEach(() => there.remove());

  const largest = async (): Promise<Map<string, number>> => {
    const admin = plainClient(brokers).admin();
    await admin.connect();
    const names = (await admin.listTopics()).filter((name) => name.startsWith(prefix));
    const resources = names.map((name) => ({
      ...{ type: ConfigResourceTypes.TOPIC, name, configNames: ['max.message.bytes'] },
    }));
    const described = await admin.describeConfigs({ resources, includeSynonyms: false });
    await admin.disconnect();
    return new Map(
      described.resources.map(({ resourceName, configEntries }) => [
        resourceName,
        Number(configEntries[0]?.configValue),
      ]),
    );
  };

  it('get topics that ask for no more, and what is larger is a dead letter that says what to raise', async () => {
    const { code, stderr } = await there.runHere('run', '--json');
    expect(code, stderr).toBe(3);
    expect(
      there
        .lines<{ reference: string }>('cot.jsonl')
        .map(({ reference }) => reference)
        .sort(),
    ).toEqual(['0', '1']);
    const limits = await largest();
    expect(limits.size).toBeGreaterThan(15);
    for (const [topic, limit] of limits) expect(limit, topic).toBeLessThanOrEqual(CEILING);
    const letters = JSON.parse((await there.runHere('dead-letters', 'list', '--json')).stdout);
    const told = letters.map(({ stage, code, message }: Record<string, string>) => [stage, code, message]);
    expect(told.toSorted()).toEqual([
      ['generate', 'record-too-large', expect.stringContaining(ADVICE)],
      ['ingest', 'too-long', expect.stringContaining(ADVICE)],
    ]);

    // Raised in the configuration alone, it is refused by the name of the topic's setting; nothing is changed.
    const raised = await there.runHere('topics', 'apply', '--set', 'transport.maxMessageBytes=8388608');
    expect(raised.code).not.toBe(0);
    expect(raised.stderr).toMatch(/has max\.message\.bytes 300000, wanted is at least 4194304; set it so/);
    expect(await largest()).toEqual(limits);
  }, 120_000);
});
