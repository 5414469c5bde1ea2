import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describe as describeTopology } from '../../runtime/topology.ts';
import { adaptiveCot } from '../../topologies/adaptive-cot.ts';
import { fakeCapabilities, fakeModel } from '../helpers/flow.ts';

const root = `${import.meta.dirname}/../..`;

/** What the compiler says about one file of the project. */
const compile = (file: string): string => {
  const project = `${root}/test/topologies/tsconfig.wiring.json`;
  writeFileSync(project, JSON.stringify({ extends: '../../tsconfig.json', include: [], files: [file] }));
  try {
    execFileSync(process.execPath, [`${root}/node_modules/typescript/bin/tsc`, '--noEmit', '-p', project]);
    return '';
  } catch (error) {
    return String((error as { stdout?: unknown }).stdout);
  } finally {
    rmSync(project);
  }
};

describe('a topology', () => {
  it('does not compile where it is wired wrongly', () => {
    expect(compile('wiring.ts')).toBe('');
    // The check of the check: each mistake, without its expectation, is an error.
    const text = readFileSync(`${root}/test/topologies/wiring.ts`, 'utf8');
    const bare = `${root}/test/topologies/wiring-bare.ts`;
    copyFileSync(`${root}/test/topologies/wiring.ts`, bare);
    writeFileSync(bare, text.replaceAll('// @ts-expect-error', '//'));
    try {
      const errors = compile('wiring-bare.ts').match(/error TS/g) ?? [];
      expect(errors.length).toBe(text.match(/@ts-expect-error/g)?.length);
    } finally {
      rmSync(bare);
    }
  });

  it('prints its diagram', () => {
    expect(diagram).toBe(
      [
        'problems ─grade─▶ graded, unverifiable',
        'graded ─score─▶ scored',
        'scored ─level─▶ levelled',
        'levelled + outcomes + control ─sample─▶ admitted',
        'admitted ─generate─▶ cot, rejected, outcomes',
      ].join('\n'),
    );
  });

  it.runIf(existsSync(`${root}/README.md`))('is the diagram of the README', () => {
    const readme = readFileSync(`${root}/README.md`, 'utf8');
    const blocks = [...readme.matchAll(/^```[^\n]*\n([\s\S]*?)^```/gm)].map(([, body]) => body?.trim());
    expect(blocks.filter((block) => block?.includes('─grade─▶'))).toEqual([diagram]);
  });
});

const model = fakeModel(() => '1').model;
const diagram = describeTopology(adaptiveCot(fakeCapabilities(model, model)));
