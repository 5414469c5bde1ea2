import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { boundaryFaults, folders } from './boundaries.ts';

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
  ['processors-know-types-and-ports', 'processors/planted/clock.ts', 'node:fs'],
  ['reasoning-stands-alone', 'reasoning/planted/asks.ts', '../../verifiers/port.ts'],
  ['the-page-only-reads', 'page/planted/asks.ts', '../../llm/port.ts'],
  ['only-the-command-line-opens-pages', 'flow/planted/shows.ts', '../../page/report/html.ts'],
  ['flow-knows-no-command-line', 'flow/planted/asks.ts', '../../cli/config/error.ts'],
  ['flow-knows-no-command-line', 'flow/planted/reads.ts', 'yaml'],
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

/** Two folders that import each other, in the library and in the command line. */
const pairs = ['flow/paired', 'cli/paired'];

describe('who may import whom', () => {
  // What is planted is planted in a copy: other tests read the tree.
  const copy = mkdtempSync(join(tmpdir(), 'sluice-boundaries-'));
  let faults: string[];

  beforeAll(async () => {
    symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));
    for (const part of [...folders, 'package.json', 'tsconfig.json', 'docs'])
      cpSync(part, join(copy, part), { recursive: true });
    const plant = (file: string, wanted: string): void => {
      mkdirSync(dirname(join(copy, file)), { recursive: true });
      writeFileSync(join(copy, file), `import '${wanted}';\n`);
    };
    for (const [, file, wanted] of [...inRooms, ...inCalls, ...betweenFolders]) plant(file, wanted);
    plant('flow/planted-other.ts', './planted-one.ts');
    for (const folder of pairs) {
      plant(`${folder}/one/a.ts`, '../other/b.ts');
      plant(`${folder}/other/b.ts`, 'node:fs');
      plant(`${folder}/other/d.ts`, '../one/c.ts');
      plant(`${folder}/one/c.ts`, 'node:fs');
    }
    faults = await boundaryFaults(folders, copy);
  });
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  it('holds in the tree', async () => {
    expect(await boundaryFaults()).toEqual([]);
  });

  it.each([...betweenFolders, ...inRooms, ...inCalls])('is broken by what must not be known: %s, %s', (rule, file) => {
    expect(faults).toContainEqual(expect.stringContaining(`${rule}: ${file}`));
  });

  it.each(pairs)('is broken by two folders that import each other: %s', (folder) => {
    expect(faults).toContain(`folders-import-one-way: ${folder}/one ↔ ${folder}/other`);
  });

  it('has each of its rules broken here', () => {
    const { forbidden } = JSON.parse(readFileSync('.dependency-cruiser.json', 'utf8'));
    const here = readFileSync(import.meta.filename, 'utf8');
    expect(forbidden.map(({ name }: { name: string }) => name).filter((name: string) => !here.includes(name))).toEqual(
      [],
    );
  });

  it('is not called held where nothing was read', async () => {
    expect(await boundaryFaults(['docs'], copy)).toEqual([expect.stringContaining('modules were read')]);
  });
});
