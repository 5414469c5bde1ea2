import type { TopicSpec } from '../../transport.ts';

/** Kafka's names of a run's things. Shared topics are known as such once they were applied. */
export interface Names {
  declare(topics: readonly TopicSpec[]): void;
  spec(name: string): TopicSpec | undefined;
  /** The same by Kafka's name. */
  specOf(topic: string): TopicSpec | undefined;
  /** Every partition of every topic that was applied, by short names. */
  sources(partitions: number): { topic: string; partition: number }[];
  topic(name: string): string;
  /** The short name of a topic of ours. */
  short(topic: string): string;
  group(stage: string): string;
  changelog(stage: string): string;
  transactionalId(instance: string): string;
  /** The topic that says what topics the prefix has. */
  readonly register: string;
  /** Whether a topic, by Kafka's name, is this run's own. */
  isOfRun(topic: string): boolean;
  /** How many partitions of it count, by Kafka's name. */
  count(topic: string, partitions: number): number;
}

export const makeNames = (prefix: string, run: string): Names => {
  const specs = new Map<string, TopicSpec>();
  const scoped = (name: string) => `${prefix}.${run}.${name}`;
  const short = (topic: string) => topic.slice((topic.startsWith(scoped('')) ? scoped('') : `${prefix}.`).length);
  return {
    declare: (topics) => {
      for (const topic of topics) specs.set(topic.name, topic);
    },
    spec: (name) => specs.get(name),
    specOf: (topic) => specs.get(short(topic)),
    sources: (partitions) =>
      [...specs.values()].flatMap(({ name, single }) =>
        Array.from({ length: single ? 1 : partitions }, (_, partition) => ({ topic: name, partition })),
      ),
    topic: (name) => (specs.get(name)?.shared ? `${prefix}.${name}` : scoped(name)),
    short,
    group: scoped,
    changelog: (stage) => scoped(`${stage}-store`),
    transactionalId: scoped,
    register: `${prefix}.topics`,
    isOfRun: (topic) => topic.startsWith(scoped('')),
    count: (topic, partitions) => (specs.get(short(topic))?.single ? 1 : partitions),
  };
};
