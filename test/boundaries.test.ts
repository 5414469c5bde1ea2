import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { boundaryFaults } from './boundaries.ts';

const planted = 'processors/planted';
const thinking = 'reasoning/planted';
const room = 'flow/planted';
const inner = 'cli/planted';
/** In each room of the engine, an import of what the room must not know. */
const inRooms = [
  ['runtime-records-and-ending-are-below', 'runtime/records/planted.ts', '../surroundings.ts'],
  ['runtime-records-and-ending-are-below', 'runtime/ending/planted.ts', '../records/partition.ts'],
  ['runtime-step-and-fold-are-two-engines', 'runtime/step/planted.ts', '../fold/overlay.ts'],
  ['runtime-step-and-fold-are-two-engines', 'runtime/fold/planted.ts', '../run.ts'],
  ['a-transport-knows-its-port', 'runtime/transports/embedded/planted.ts', '../kafka/names.ts'],
  ['a-transport-knows-its-port', 'runtime/transports/kafka/planted.ts', '../../step/progress.ts'],
] as const;
/** The same in the rooms of a call. */
const inCalls = [
  ['llm-ports-know-no-room', 'llm/planted.ts', './money/prices.ts'],
  ['llm-money-http-and-journal-are-below', 'llm/money/planted.ts', '../endpoint/backoff.ts'],
  ['llm-money-http-and-journal-are-below', 'llm/http/planted.ts', '../ask/chat.ts'],
  ['llm-money-http-and-journal-are-below', 'llm/journal/planted.ts', '../http/answers/json.ts'],
  ['llm-endpoint-knows-no-question', 'llm/endpoint/planted.ts', '../ask/chat.ts'],
] as const;
const shown = 'page/planted';
afterEach(() => {
  for (const place of [planted, thinking, room, inner, shown, ...[...inRooms, ...inCalls].map(([, file]) => file)])
    rmSync(place, { recursive: true, force: true });
});

describe('who may import whom', () => {
  it('holds in the tree', async () => {
    expect(await boundaryFaults()).toEqual([]);
  });

  it('is broken by a processor that reads a file', async () => {
    mkdirSync(planted, { recursive: true });
    writeFileSync(`${planted}/clock.ts`, `import { readFileSync } from 'node:fs';\nexport const now = readFileSync;\n`);
    expect(await boundaryFaults()).toEqual([expect.stringContaining('processors-know-types-and-ports')]);
  });

  it('is broken by a table of dialects that imports anything', async () => {
    mkdirSync(thinking, { recursive: true });
    writeFileSync(
      `${thinking}/asks.ts`,
      `import type { Task } from '../../verifiers/port.ts';\nexport type T = Task;\n`,
    );
    expect(await boundaryFaults()).toEqual([expect.stringContaining('reasoning-stands-alone')]);
  });

  it('is broken by a page that asks a model, and by whoever opens a page but the command line', async () => {
    mkdirSync(shown, { recursive: true });
    mkdirSync(room, { recursive: true });
    writeFileSync(`${shown}/asks.ts`, `import type { Usage } from '../../llm/port.ts';\nexport type U = Usage;\n`);
    writeFileSync(`${room}/shows.ts`, `import { html } from '../../page/report/html.ts';\nexport const h = html;\n`);
    const faults = await boundaryFaults();
    expect(faults).toContainEqual(expect.stringContaining('the-page-only-reads'));
    expect(faults).toContainEqual(expect.stringContaining('only-the-command-line-opens-pages'));
  });

  it('is broken by the library where it reads what belongs to the command line', async () => {
    mkdirSync(room, { recursive: true });
    writeFileSync(
      `${room}/asks.ts`,
      `import { UsageError } from '../../cli/config/error.ts';\nexport const E = UsageError;\n`,
    );
    writeFileSync(`${room}/reads.ts`, `import { parse } from 'yaml';\nexport const read = parse;\n`);
    expect((await boundaryFaults()).filter((fault) => fault.includes('flow-knows-no-command-line'))).toHaveLength(2);
  });

  it.each([room, inner])('is broken by two folders that import each other: %s', async (folder) => {
    mkdirSync(`${folder}/one`, { recursive: true });
    mkdirSync(`${folder}/other`, { recursive: true });
    writeFileSync(`${folder}/one/a.ts`, `import { b } from '../other/b.ts';\nexport const a = b;\n`);
    writeFileSync(`${folder}/one/c.ts`, `export const c = 1;\n`);
    writeFileSync(`${folder}/other/b.ts`, `export const b = 1;\n`);
    writeFileSync(`${folder}/other/d.ts`, `import { c } from '../one/c.ts';\nexport const d = c;\n`);
    expect(await boundaryFaults()).toEqual([`folders-import-one-way: ${folder}/one ↔ ${folder}/other`]);
  });

  it('is broken in each room of the engine by what the room must not know', async () => {
    for (const [, file, wanted] of inRooms) writeFileSync(file, `import '${wanted}';\n`);
    const expected = inRooms.map(([rule, file]) => expect.stringContaining(`${rule}: ${file}`));
    expect(await boundaryFaults(['runtime'])).toEqual(expect.arrayContaining(expected));
  });

  it('is broken in each room of a call by what the room must not know', async () => {
    for (const [, file, wanted] of inCalls) writeFileSync(file, `import '${wanted}';\n`);
    const expected = inCalls.map(([rule, file]) => expect.stringContaining(`${rule}: ${file}`));
    expect(await boundaryFaults(['llm'])).toEqual(expect.arrayContaining(expected));
  });

  it('is not called held where nothing was read', async () => {
    expect(await boundaryFaults(['docs'])).toEqual([expect.stringContaining('modules were read')]);
  });
});
