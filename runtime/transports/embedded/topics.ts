import { TransportError } from '../../errors.ts';
import type { TopicSpec } from '../../transport.ts';
import type { Database } from './database.ts';

/** What topics there are in the file, and how a run's names for them become full ones. */
export interface Topics {
  apply(specs: readonly TopicSpec[], partitions: number, create: (topic: string) => void): void;
  check(specs: readonly TopicSpec[], partitions: number): void;
  /** `<run>.<name>`, or the name alone for a shared topic. */
  fullName(topic: string): string;
  partitions(topic: string): number;
  maxRecordBytes(topic: string): number;
}

interface Row {
  name: string;
  partitions: number;
  max_record_bytes: number;
}

export const openTopics = (database: Database, run: string): Topics => {
  const find = database.prepare('SELECT name, partitions, max_record_bytes FROM topics WHERE name = ?');
  const known = new Map<string, Row>();
  const lookUp = (topic: string): Row => {
    const cached = known.get(topic);
    if (cached) return cached;
    const row = (find.get(`${run}.${topic}`) ?? find.get(topic)) as Row | undefined;
    if (!row)
      throw new TransportError('topic-missing', `there is no topic ${topic} for the run "${run}" in this store`);
    known.set(topic, row);
    return row;
  };
  const compare = (spec: TopicSpec, partitions: number): void => {
    const wanted = spec.single ? 1 : partitions;
    const row = lookUp(spec.name);
    if (row.partitions !== wanted) throw mismatch(row, wanted);
  };
  return {
    apply: (specs, partitions, create) => {
      database.endReading();
      for (const spec of specs) {
        const wanted = spec.single ? 1 : partitions;
        const name = spec.shared ? spec.name : `${run}.${spec.name}`;
        database
          .prepare('INSERT OR IGNORE INTO topics (name, partitions, compacted, max_record_bytes) VALUES (?, ?, ?, ?)')
          .run(name, wanted, spec.compacted ? 1 : 0, spec.maxRecordBytes);
        compare(spec, partitions);
        if (!spec.compacted) create(spec.name);
      }
    },
    check: (specs, partitions) => {
      for (const spec of specs) compare(spec, partitions);
    },
    fullName: (topic) => lookUp(topic).name,
    partitions: (topic) => lookUp(topic).partitions,
    maxRecordBytes: (topic) => lookUp(topic).max_record_bytes,
  };
};

const mismatch = (row: Row, wanted: number): TransportError =>
  new TransportError(
    'topic-mismatch',
    `the topic ${row.name} has ${row.partitions} partitions, the configuration says ${wanted}: the count is fixed when a store is made; set transport.partitions: ${row.partitions}`,
  );
