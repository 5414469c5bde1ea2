import { describe, expect, it } from 'vitest';
import { explainMaths, verifyMaths } from '../../../../verifiers/maths/index.ts';
import { isLong } from '../../../helpers/long.ts';
import { KINDS } from './growth.ts';

const KILOBYTE = 1024;
/** In kilobytes; `npm run test:long` goes on to a megabyte. */
const LENGTHS = isLong ? [1, 4, 16, 64, 256, 1024] : [1, 4, 16];
const PLENTY = 50_000_000;
/** No more kilobytes of an answer are read; beyond them the search alone grows. */
const MOST_READ = 6;
/** Characters of a response that one step pays for. */
const CHARACTERS_PER_STEP = 32;

const stepsOf = (response: string): number => explainMaths('5', response, { steps: PLENTY }).steps;

const judge = (response: string) => verifyMaths({ reference: { domain: 'maths', answer: '5' }, response });

const cpuMilliseconds = (run: () => unknown): number => {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};

describe.each(Object.entries(KINDS))('a response of %s', (_, make) => {
  it.each(LENGTHS)('of %i KB takes steps in proportion to its length', (length) => {
    const characters = length * KILOBYTE;
    const steps = stepsOf(make(characters));
    expect(steps).toBeGreaterThanOrEqual(Math.floor((characters - 2) / CHARACTERS_PER_STEP));
    expect(steps).toBeLessThanOrEqual(1_000 + 4 * Math.min(length, MOST_READ) * KILOBYTE + characters / 16);
  });

  it('gets a verdict on the usual budget', () => {
    expect(['right', 'wrong', 'unverifiable']).toContain(judge(make(LENGTHS.at(-1)! * KILOBYTE)).verdict);
  });

  /** Eight times as long: a search in the square of the length would take sixty-four times. */
  it.skipIf(!isLong)('takes time in proportion to its length', () => {
    judge(make(KILOBYTE));
    const [short, long] = [16, 128].map((length) => cpuMilliseconds(() => judge(make(length * KILOBYTE))));
    expect(long).toBeLessThan(24 * short! + 500);
  });
});
