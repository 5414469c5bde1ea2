import type { Reply } from './port.ts';

const LARGEST_SCALE = 20;

/**
 * What slow programs spend their time on: loops, integers, containers, calls, texts.
 *
 * In pieces shorter than the system lets a process run at a stretch, each done many times, of which the quickest counts:
 * WebAssembly knows no clock but the one on the wall, and a machine that is busy with others would look slow by it. Not so
 * often that an engine would compile the interpreter better meanwhile: short programs do without, too.
 */
const WORK = `
import time

def sieve():
    primes = [True] * 3000
    for number in range(2, 60):
        if primes[number]:
            for multiple in range(number * number, len(primes), number):
                primes[multiple] = False

def count():
    counts = {}
    for number in range(1500):
        counts[number % 97] = counts.get(number % 97, 0) + number * number

def sort():
    "".join(sorted(str(number * 7919 % 100003) for number in range(750)))

def fibonacci(n=12):
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)

def seconds(piece):
    begun = time.process_time()
    piece()
    return time.process_time() - begun

def work():
    return sum(min(seconds(piece) for _ in range(12)) for piece in (sieve, count, sort, fibonacci))
`;

/** Work of a known size, and the seconds that it takes in CPython 3.11 on a server core of 2022, for which limits are meant. */
export const CALIBRATION = { source: WORK, call: 'work', expectedSeconds: 0.00175 } as const;

/** How many times slower than expected it was done, from 1 to 20. */
export function scaleOf(reply: Reply | undefined, expectedSeconds: number): number {
  if (reply?.kind !== 'line') throw new Error(`the calibration did not end: ${reply?.detail}`);
  const seconds = Number(JSON.parse(reply.line).value?.float);
  if (!(seconds >= 0)) throw new Error(`the calibration failed: ${reply.line}`);
  return Math.min(LARGEST_SCALE, Math.max(1, seconds / expectedSeconds));
}
