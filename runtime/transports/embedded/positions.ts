import type { DatabaseSync } from 'node:sqlite';
import type { Position } from '../../transport.ts';

/** Committed positions by stage. */
export interface Positions {
  of(stage: string): Position[];
  /** To be called within a transaction. */
  write(stage: string, positions: readonly Position[]): void;
}

export const openPositions = (database: DatabaseSync, run: string): Positions => {
  const all = database.prepare('SELECT topic, partition, "offset", metadata FROM positions WHERE stage = ?');
  const put = database.prepare(
    'INSERT OR REPLACE INTO positions (stage, topic, partition, "offset", metadata) VALUES (?, ?, ?, ?, ?)',
  );
  return {
    of: (stage) => all.all(`${run}.${stage}`) as unknown as Position[],
    write: (stage, positions) => {
      for (const { topic, partition, offset, metadata } of positions) {
        put.run(`${run}.${stage}`, topic, partition, offset, metadata);
      }
    },
  };
};
