import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { codeVerifier, parseExactly } from '../../../verifiers/code/index.ts';
import type { CodeTests } from '../../../verifiers/port.ts';
import { codeTask, DATA, never, runners } from './support.ts';

// Nothing here asserts a time; a busy machine only takes longer.
vi.setConfig({ testTimeout: 600_000 });

interface Given {
  readonly id: string;
  readonly domain: string;
  readonly tests: CodeTests;
  readonly response: string;
  readonly prompt?: string;
  readonly expected: 'right' | 'wrong' | 'unverifiable';
}

const file = join(DATA, 'verdicts/given.jsonl.gz');

/** What is refused of what is right: a package that is not part of Python. */
const NOT_STANDARD = ['f2-code-stdin-3486'];

describe.skipIf(!existsSync(file)).each(runners)('verdicts that people gave, $name', ({ name, works }) => {
  it.skipIf(!works)('are those of the verifier: no wrong yes, and no more wrong no than one in a hundred', async () => {
    const cases = given().filter((_, index) => name === 'bwrap' || index % 8 === 0);
    const verifier = await codeVerifier({ runner: name, timeLimitSeconds: 2 });
    const judged = await Promise.all(
      cases.map(async ({ id, tests, response, prompt, expected }) => {
        const { verdict, reason } = await verifier.verify(codeTask(tests, response, prompt ?? null), never);
        return { id, expected, verdict, reason };
      }),
    );
    await verifier.close();
    const differing = judged.filter(({ verdict, expected }) => verdict !== expected);
    expect(differing.filter(({ id }) => !NOT_STANDARD.includes(id))).toEqual([]);
    expect(differing.length).toBeLessThanOrEqual(cases.length / 100);
  });
});

function given(): Given[] {
  const lines = gunzipSync(readFileSync(file)).toString().trim().split('\n');
  return lines.map((line) => parseExactly(line) as Given).filter(({ domain }) => domain === 'code');
}
