import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase, transact } from '../../../../runtime/transports/embedded/database.ts';

const moment = () => new Promise((resolve) => setImmediate(resolve));

describe('reads of one moment', () => {
  let folder: string;
  let one: Database;
  let other: Database;
  /** What is there, as `one` sees it. */
  const read = (): unknown[] => {
    one.beginReading();
    return one
      .prepare('SELECT value FROM kept ORDER BY value')
      .all()
      .map(({ value }) => value);
  };
  const write = (database: Database, value: number): void => {
    transact(database, () => database.prepare('INSERT INTO kept VALUES (?)').run(value));
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sluice-database-'));
    one = openDatabase(join(folder, 'sluice.db'));
    one.exec('CREATE TABLE kept (value INTEGER)');
    other = openDatabase(join(folder, 'sluice.db'));
  });
  afterEach(() => {
    one.close();
    other.close();
    rmSync(folder, { recursive: true });
  });

  it('see one state of the store, and those of the next moment what others have written', async () => {
    expect(read()).toEqual([]);
    write(other, 1);
    expect(read()).toEqual([]);
    await moment();
    expect(read()).toEqual([1]);
  });

  it('see what was written in the same process, at once', () => {
    expect(read()).toEqual([]);
    write(one, 1);
    expect(read()).toEqual([1]);
  });

  it('do not keep a write from what others have written since', () => {
    expect(read()).toEqual([]);
    write(other, 1);
    write(one, 2);
    expect(read()).toEqual([1, 2]);
  });

  it('are ended where somebody wants to see the store as it is', () => {
    expect(read()).toEqual([]);
    write(other, 1);
    one.endReading();
    expect(read()).toEqual([1]);
  });

  it('go on without a pause, and still see in the end what others write', () => {
    expect(read()).toEqual([]);
    write(other, 1);
    let reads = 1;
    while (read().length === 0) expect(++reads).toBeLessThan(2000);
  });

  it('take part in a transaction that is open', () => {
    transact(one, () => {
      one.prepare('INSERT INTO kept VALUES (1)').run();
      expect(read()).toEqual([1]);
      expect(one.isTransaction).toBe(true);
    });
    expect(read()).toEqual([1]);
  });

  it('do not hold up the end of a process', () => {
    read();
    one.close();
    other.exec('DROP TABLE kept');
    one = openDatabase(join(folder, 'sluice.db'));
  });
});
