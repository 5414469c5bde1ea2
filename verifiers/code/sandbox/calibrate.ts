import type { Sandbox } from './port.ts';

/** Seconds that the work takes in CPython 3.11 on a server core of 2022, for which time limits are meant. */
const EXPECTED_SECONDS = 0.1;
const LARGEST_SCALE = 20;
const LIMITS = { timeSeconds: 60, memoryMb: 256, outputBytes: 65_536 };

/** What slow programs spend their time on: loops, integers, containers, calls, texts. */
const WORK = `
import time

def fibonacci(n):
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)

def work():
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

/** How many times slower than expected a fresh process of this sandbox works, from 1 to 20. */
export async function calibrate(sandbox: Sandbox): Promise<number> {
  const guest = { role: 'functions', source: WORK, imports: [] } as const;
  const session = await sandbox.open(guest, LIMITS, new AbortController().signal);
  try {
    const [reply] = await session.ask([JSON.stringify({ call: 'work', arguments: [], keywords: {} })]);
    if (reply?.kind !== 'line') throw new Error(`the calibration did not end: ${reply?.detail}`);
    const seconds = Number(JSON.parse(reply.line).value?.float);
    if (!(seconds >= 0)) throw new Error(`the calibration failed: ${reply.line}`);
    return Math.min(LARGEST_SCALE, Math.max(1, seconds / EXPECTED_SECONDS));
  } finally {
    await session.close();
  }
}
