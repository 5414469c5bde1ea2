import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cotLine, rejectedLine } from '../../datasets/out/exporters/canonical.ts';
import { noUsage } from '../../flow/wiring/usage/usage.ts';
import { cot, problem, rejected } from './records.ts';

/** The fields of each table of the page, in its order. */
const [ofCot, ofRejected, ofReport, ofModel] = readFileSync('docs/data/outputs.md', 'utf8')
  .split('| field | what |')
  .slice(1)
  .map((part) => [...part.split('\n\n')[0]!.matchAll(/^\| `(\w+)` \|/gm)].map(([, field]) => field as string));

describe('docs/data/outputs.md', () => {
  const label = { by: 'teacher-b', votes: 3, of: 4 };
  const asked = { studentMessages: [{ role: 'user' as const, content: 'What is 6 times 7?' }] };
  const line = cotLine(cot({ ...asked, problem: problem({ label }), simulated: true }), 'run-1');

  it('tells every field of a line of cot.jsonl', () => {
    expect(ofCot).toEqual(Object.keys(line));
  });

  it('tells what a line of rejected.jsonl has beside it', () => {
    const own = Object.keys(rejectedLine(rejected(), 'run-1')).filter((field) => !(field in line));
    expect(ofRejected).toEqual(own);
  });

  it('tells every field of report.json', () => {
    const type = /export interface Report \{\n([\s\S]*?)\n\}/.exec(readFileSync('flow/outputs/report.ts', 'utf8'))![1]!;
    const fields = [...type.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, field]) => field);
    expect(fields.length).toBeGreaterThan(15);
    expect(ofReport).toEqual(fields);
    expect(ofModel).toEqual(Object.keys(noUsage));
  });
});
