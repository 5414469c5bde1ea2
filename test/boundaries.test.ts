import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { boundaryFaults, folders } from './boundaries.ts';

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
/** What no folder may know of another. */
const betweenFolders = [
  ['no-cycles', 'flow/planted-one.ts', './planted-other.ts'],
  ['waiting-stands-alone', 'waiting/planted.ts', '../runtime/events.ts'],
  ['schemas-stand-alone', 'schemas/planted.ts', '../runtime/events.ts'],
  ['runtime-knows-no-record-type', 'runtime/records/planted-type.ts', '../../schemas/types.ts'],
  ['runtime-ports-know-no-room', 'runtime/planted.ts', './step/progress.ts'],
  ['llm-stands-alone', 'llm/planted-record.ts', '../schemas/types.ts'],
  ['verifiers-stand-alone', 'verifiers/planted.ts', '../llm/port.ts'],
  ['domains-know-verifiers', 'domains/kinds/planted.ts', '../../llm/models.ts'],
  ['domains-know-verifiers', 'domains/planted.ts', '../datasets/problem-id.ts'],
  ['datasets-know-schemas', 'datasets/planted.ts', '../verifiers/port.ts'],
  ['topologies-wire', 'topologies/planted.ts', '../llm/models.ts'],
  ['rehearsal-stands-alone', 'rehearsal/planted.ts', '../schemas/types.ts'],
  ['only-the-kafka-transport-knows-kafkajs', 'flow/planted-client.ts', 'kafkajs'],
  ['nothing-imports-test-or-cli', 'datasets/planted-command.ts', '../cli/exit.ts'],
] as const;
const shown = 'page/planted';

/** What is planted is planted in a copy: other tests read the tree. */
const copy = mkdtempSync(join(tmpdir(), 'sluice-boundaries-'));
const plant = (file: string, text: string): void => {
  mkdirSync(dirname(join(copy, file)), { recursive: true });
  writeFileSync(join(copy, file), text);
};
const faultsThere = (roots?: readonly string[]): Promise<string[]> => boundaryFaults(roots, copy);

beforeAll(() => {
  symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));
  for (const part of ['index.ts', 'package.json', 'tsconfig.json', 'docs'])
    cpSync(part, join(copy, part), { recursive: true });
});
beforeEach(() => {
  for (const folder of folders) {
    rmSync(join(copy, folder), { recursive: true, force: true });
    cpSync(folder, join(copy, folder), { recursive: true });
  }
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe('who may import whom', () => {
  it('holds in the tree', async () => {
    expect(await boundaryFaults()).toEqual([]);
  });

  it('is broken by a processor that reads a file', async () => {
    plant(`${planted}/clock.ts`, `import { readFileSync } from 'node:fs';\nexport const now = readFileSync;\n`);
    expect(await faultsThere()).toEqual([expect.stringContaining('processors-know-types-and-ports')]);
  });

  it('is broken by a table of dialects that imports anything', async () => {
    plant(`${thinking}/asks.ts`, `import type { Task } from '../../verifiers/port.ts';\nexport type T = Task;\n`);
    expect(await faultsThere()).toEqual([expect.stringContaining('reasoning-stands-alone')]);
  });

  it('is broken by a page that asks a model, and by whoever opens a page but the command line', async () => {
    plant(`${shown}/asks.ts`, `import type { Usage } from '../../llm/port.ts';\nexport type U = Usage;\n`);
    plant(`${room}/shows.ts`, `import { html } from '../../page/report/html.ts';\nexport const h = html;\n`);
    const faults = await faultsThere();
    expect(faults).toContainEqual(expect.stringContaining('the-page-only-reads'));
    expect(faults).toContainEqual(expect.stringContaining('only-the-command-line-opens-pages'));
  });

  it('is broken by the library where it reads what belongs to the command line', async () => {
    plant(`${room}/asks.ts`, `import { UsageError } from '../../cli/config/error.ts';\nexport const E = UsageError;\n`);
    plant(`${room}/reads.ts`, `import { parse } from 'yaml';\nexport const read = parse;\n`);
    expect((await faultsThere()).filter((fault) => fault.includes('flow-knows-no-command-line'))).toHaveLength(2);
  });

  it.each([room, inner])('is broken by two folders that import each other: %s', async (folder) => {
    plant(`${folder}/one/a.ts`, `import { b } from '../other/b.ts';\nexport const a = b;\n`);
    plant(`${folder}/one/c.ts`, `export const c = 1;\n`);
    plant(`${folder}/other/b.ts`, `export const b = 1;\n`);
    plant(`${folder}/other/d.ts`, `import { c } from '../one/c.ts';\nexport const d = c;\n`);
    expect(await faultsThere()).toEqual([`folders-import-one-way: ${folder}/one ↔ ${folder}/other`]);
  });

  it('is broken in each room of the engine by what the room must not know', async () => {
    for (const [, file, wanted] of inRooms) plant(file, `import '${wanted}';\n`);
    const expected = inRooms.map(([rule, file]) => expect.stringContaining(`${rule}: ${file}`));
    expect(await faultsThere(['runtime'])).toEqual(expect.arrayContaining(expected));
  });

  it('is broken in each room of a call by what the room must not know', async () => {
    for (const [, file, wanted] of inCalls) plant(file, `import '${wanted}';\n`);
    const expected = inCalls.map(([rule, file]) => expect.stringContaining(`${rule}: ${file}`));
    expect(await faultsThere(['llm'])).toEqual(expect.arrayContaining(expected));
  });

  it('is broken by a folder that knows what it must not', async () => {
    plant('flow/planted-other.ts', `import './planted-one.ts';\n`);
    for (const [, file, wanted] of betweenFolders) plant(file, `import '${wanted}';\n`);
    const expected = betweenFolders.map(([rule, file]) => expect.stringContaining(`${rule}: ${file}`));
    expect(await faultsThere()).toEqual(expect.arrayContaining(expected));
  });

  it('has each of its rules broken here', () => {
    const { forbidden } = JSON.parse(readFileSync('.dependency-cruiser.json', 'utf8'));
    const here = readFileSync(import.meta.filename, 'utf8');
    expect(forbidden.map(({ name }: { name: string }) => name).filter((name: string) => !here.includes(name))).toEqual(
      [],
    );
  });

  it('is not called held where nothing was read', async () => {
    expect(await faultsThere(['docs'])).toEqual([expect.stringContaining('modules were read')]);
  });
});
