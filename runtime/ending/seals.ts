import { outputTopics, type Topology } from '../topology.ts';
import type { ControlLog } from './control.ts';

/** Where topics end, once whoever writes them has said that nothing more will come. */
export interface Seals {
  /** The offset behind the last record that this partition will have; undefined while that is open. */
  end(topic: string, partition: number): number | undefined;
  /** Whether every stage has sealed all that it writes. */
  complete(): boolean;
}

/** Each task of a stage seals its own part of an output: a topic of one partition has ended when all of them have. */
export const sealsOf = (topology: Topology, control: Pick<ControlLog, 'sealedEnd'>, partitions: number): Seals => {
  const parts = new Map(
    topology.edges.flatMap((edge) => {
      const count = (edge.kind === 'step' ? edge.input.single : edge.output.single) ? 1 : partitions;
      return outputTopics(edge).map(({ name, single }) => [name, { count, single: single ?? false }] as const);
    }),
  );
  const sealed = (topic: string, count: number): number[] =>
    Array.from({ length: count }, (_, part) => control.sealedEnd(topic, part)).filter((end) => end !== undefined);
  return {
    end: (topic, partition) => {
      const written = parts.get(topic);
      if (!written?.single) return control.sealedEnd(topic, partition);
      const ends = sealed(topic, written.count);
      return ends.length === written.count ? Math.max(...ends) : undefined;
    },
    complete: () => [...parts].every(([topic, { count }]) => sealed(topic, count).length === count),
  };
};
