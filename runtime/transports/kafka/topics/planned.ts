import type { GroupSpec, TopicSpec } from '../../../transport.ts';
import { makeNames } from '../names.ts';
import type { KafkaSettings } from '../settings.ts';
import { registerShape } from './register.ts';
import { configOf, shapesOf } from './shape.ts';

/** What a run needs of a cluster, for whoever makes topics and gives rights by other means than `apply`. */
export interface Planned {
  readonly topics: readonly PlannedTopic[];
  readonly rights: readonly PlannedRight[];
}

export interface PlannedTopic {
  readonly topic: string;
  readonly partitions: number;
  /** Undefined: the broker's own. */
  readonly replicationFactor: number | undefined;
  readonly config: Readonly<Record<string, string>>;
}

/** What a worker's user may do with one thing; Kafka's own names. */
export interface PlannedRight {
  readonly resource: 'topic' | 'group' | 'transactionalId';
  readonly name: string;
  readonly pattern: 'literal' | 'prefix';
  readonly operations: readonly ('Read' | 'Write' | 'Describe' | 'DescribeConfigs')[];
}

type Named = Pick<KafkaSettings, 'prefix' | 'run' | 'partitions' | 'replicationFactor' | 'maxMessageBytes'>;

/** Every topic with its settings, and the least that a worker's user has to be allowed once they are there. */
export const planned = (
  { prefix, run, partitions, ...ofAll }: Named,
  topics: readonly TopicSpec[],
  stages: readonly GroupSpec[],
): Planned => {
  const names = makeNames(prefix, run);
  names.declare(topics);
  const shapes = [registerShape(names), ...shapesOf({ topics, stages }, names, partitions)];
  return {
    topics: shapes.map((shape) => ({
      topic: shape.topic,
      partitions: shape.partitions,
      replicationFactor: ofAll.replicationFactor,
      config: configOf(shape, ofAll),
    })),
    rights: [
      ...shapes.map(({ topic }) => right('topic', topic, ['Read', 'Write', 'Describe', 'DescribeConfigs'])),
      ...stages.map(({ stage }) => right('group', names.group(stage), ['Read', 'Describe'])),
      { ...right('transactionalId', names.transactionalId(''), ['Write', 'Describe']), pattern: 'prefix' },
    ],
  };
};

const right = (
  resource: PlannedRight['resource'],
  name: string,
  operations: PlannedRight['operations'],
): PlannedRight => ({ resource, name, pattern: 'literal', operations });
