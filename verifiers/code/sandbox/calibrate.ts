import type { Reply } from './port.ts';

/** Seconds that the work takes in CPython 3.11 on a server core of 2022, for which time limits are meant. */
const EXPECTED_SECONDS = 0.1;
const LARGEST_SCALE = 20;

/** What slow programs spend their time on: loops, integers, containers, calls, texts. */
const WORK = `
import time

def fibonacci(n):
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)

def work():
    """The quicker of two: a machine that is busy with others slows one of them, and not what was meant."""
    return min(once(), once())

def once():
    begun = time.process_time()
    primes = [True] * 120000
    for number in range(2, 400):
        if primes[number]:
            for multiple in range(number * number, len(primes), number):
                primes[multiple] = False
    counts = {}
    for number in range(60000):
        counts[number % 977] = counts.get(number % 977, 0) + number * number
    words = sorted(str(number * 7919 % 100003) for number in range(30000))
    fibonacci(20)
    return time.process_time() - begun + 0 * len("".join(words))
`;

/** Work of a known size. */
export const CALIBRATION = { source: WORK, call: 'work' } as const;

/** How many times slower than expected it was done, from 1 to 20. */
export function scaleOf(reply: Reply | undefined): number {
  if (reply?.kind !== 'line') throw new Error(`the calibration did not end: ${reply?.detail}`);
  const seconds = Number(JSON.parse(reply.line).value?.float);
  if (!(seconds >= 0)) throw new Error(`the calibration failed: ${reply.line}`);
  return Math.min(LARGEST_SCALE, Math.max(1, seconds / EXPECTED_SECONDS));
}
