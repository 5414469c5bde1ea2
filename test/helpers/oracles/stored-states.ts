import { DatabaseSync } from 'node:sqlite';

/** Where every problem of a run is, read with plain SQL from the store's file by a reader that knows nothing of ours. */
export interface StoredStates {
  readonly emitted: readonly string[];
  readonly rejected: readonly string[];
  readonly unverifiable: readonly string[];
  readonly parked: readonly string[];
  readonly dead: readonly string[];
  /** Admitted, and nothing came of it yet: none at a run's end. */
  readonly open: readonly string[];
  readonly problems: readonly string[];
}

/** For a store with one run in it: the dead letters lie in a table that all runs share. */
export const storedStates = (file: string, run: string): StoredStates => {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const keys = (sql: string): string[] =>
      database
        .prepare(sql)
        .all()
        .map((row) => String(row.key));
    return {
      emitted: keys(`SELECT key FROM "${run}.cot"`),
      rejected: keys(`SELECT key FROM "${run}.rejected"`),
      unverifiable: keys(`SELECT key FROM "${run}.unverifiable"`),
      dead: keys(`SELECT key FROM "dead-letter" WHERE json_extract(headers, '$.stage') <> 'ingest'`),
      parked: keys(`SELECT key FROM "${run}.sample.store" WHERE key LIKE 'queue/%'`).map(lastPart),
      open: keys(`SELECT key FROM "${run}.sample.store" WHERE key LIKE 'open/%'`).map(lastPart),
      problems: keys('SELECT DISTINCT key FROM problems'),
    };
  } finally {
    database.close();
  }
};

/** What breaks the law that every problem ends in exactly one state; empty where it holds. */
export const faultsOf = (states: StoredStates): string[] => {
  const { emitted, rejected, unverifiable, parked, dead, open, problems } = states;
  const times = new Map<string, number>();
  for (const key of [...emitted, ...rejected, ...unverifiable, ...parked, ...dead]) {
    times.set(key, (times.get(key) ?? 0) + 1);
  }
  const doubled = [...times].filter(([, count]) => count > 1).map(([key, count]) => `${key} is in ${count} states`);
  const lost = problems.filter((key) => !times.has(key)).map((key) => `${key} is in no state`);
  const strange = [...times.keys()].filter((key) => !problems.includes(key)).map((key) => `${key} is no problem`);
  return [...doubled, ...lost, ...strange, ...open.map((key) => `${key} is admitted still`)];
};

const lastPart = (key: string): string => key.slice(key.lastIndexOf('/') + 1);
