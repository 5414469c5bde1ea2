import { TransportError } from '../../../errors.ts';
import type { GroupSpec, TopicSpec } from '../../../transport.ts';
import type { Names } from '../names.ts';
import type { KafkaSettings } from '../settings.ts';
import { HEAD_ROOM_BYTES, STORE_RECORD_BYTES, within } from '../writing/limits.ts';

/** A topic as it should be on the broker. */
export interface TopicShape {
  readonly topic: string;
  readonly partitions: number;
  readonly compacted: boolean;
  readonly maxRecordBytes: number;
}

export const shapeOf = (spec: TopicSpec, names: Names, partitions: number): TopicShape => ({
  topic: names.topic(spec.name),
  partitions: spec.single ? 1 : partitions,
  compacted: spec.compacted ?? false,
  maxRecordBytes: spec.maxRecordBytes,
});

/** What a run has on the broker, but for the register. */
export const shapesOf = (
  { topics, stages }: { readonly topics: readonly TopicSpec[]; readonly stages: readonly GroupSpec[] },
  names: Names,
  partitions: number,
): TopicShape[] => [
  ...topics.map((spec) => shapeOf(spec, names, partitions)),
  ...stages.map((stage) => storeShape(stage, names, partitions)),
];

/** The topic of a stage's store. */
export const storeShape = ({ stage, ownership, inputs }: GroupSpec, names: Names, partitions: number): TopicShape => ({
  topic: names.changelog(stage),
  partitions: ownership === 'exclusive' || inputs.every((name) => names.spec(name)?.single) ? 1 : partitions,
  compacted: true,
  maxRecordBytes: STORE_RECORD_BYTES,
});

/** What the settings say of every topic alike. */
type OfAll = Pick<KafkaSettings, 'replicationFactor' | 'maxMessageBytes'>;

/** How the topic is made. */
export const configOf = (
  { compacted, maxRecordBytes }: TopicShape,
  { replicationFactor: replicas = 1, maxMessageBytes }: OfAll,
): Record<string, string> => ({
  'cleanup.policy': compacted ? 'compact' : 'delete',
  'retention.ms': '-1',
  'retention.bytes': '-1',
  'max.message.bytes': String(within(maxRecordBytes + HEAD_ROOM_BYTES, maxMessageBytes)),
  ...(compacted && {
    'delete.retention.ms': String(TOMBSTONE_MILLISECONDS),
    'min.cleanable.dirty.ratio': '0.2',
    'segment.bytes': String(SEGMENT_BYTES),
  }),
  ...(replicas >= 3 && { 'min.insync.replicas': '2' }),
});

/** What has to be so on a topic that is there. The topics are the run: they stay until they are deleted by hand. */
export const exactly = ({ compacted }: TopicShape): Record<string, string> =>
  compacted
    ? { 'cleanup.policy': 'compact' }
    : { 'cleanup.policy': 'delete', 'retention.ms': '-1', 'retention.bytes': '-1' };

export const atLeast = (
  { compacted, maxRecordBytes }: TopicShape,
  { replicationFactor: replicas = 1, maxMessageBytes }: OfAll,
): Record<string, number> => ({
  'max.message.bytes': within(maxRecordBytes, maxMessageBytes),
  ...(compacted && { 'delete.retention.ms': TOMBSTONE_MILLISECONDS }),
  ...(replicas >= 3 && { 'min.insync.replicas': 2 }),
});

export const mismatch = (topic: string, setting: string, found: string, wanted: string): TransportError =>
  new TransportError(
    'topic-mismatch',
    `topic ${topic} has ${setting} ${found}, wanted is ${wanted}; set it so, or use another prefix or run name ` +
      '(nothing was changed)',
  );

/** How long a deleted key can be learned of: a local copy that is older must be made anew. */
export const TOMBSTONE_MILLISECONDS = 7 * 24 * 60 * 60 * 1000;

/** The segment that is written to is never compacted: it stays small beside what a store holds. */
const SEGMENT_BYTES = 64 << 20;
