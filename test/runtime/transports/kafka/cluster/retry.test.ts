import { describe, expect, it } from 'vitest';
import { makeRetry } from '../../../../../runtime/transports/kafka/cluster/retry.ts';

const settings = { brokers: [], prefix: '', run: '', partitions: 1, localPath: '', commitMilliseconds: 1 };

/** An action that fails as a lost connection does, for so long. */
const failingFor = (milliseconds: number) => {
  const until = Date.now() + milliseconds;
  return async () => {
    if (Date.now() < until) throw Object.assign(new Error('connection lost'), { name: 'KafkaJSConnectionError' });
    return 'done';
  };
};

describe('what is tried again', () => {
  it('is told once where it takes long, with its end, and not at all where it passes', async () => {
    const told: string[] = [];
    const log = (level: string, message: string) => void told.push(`${level} ${message}`);
    const retry = makeRetry({ ...settings, log }, new AbortController().signal);
    expect(await retry('fetching', failingFor(300))).toBe('done');
    expect(told).toEqual([]);
    expect(await retry('fetching', failingFor(4_000))).toBe('done');
    expect(told).toEqual(['warn fetching: connection lost; tried until it works', 'info fetching: it goes on']);
  });
});
