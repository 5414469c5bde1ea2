import type { TopicSpec } from '../../../runtime/transport.ts';

export const topics: readonly TopicSpec[] = [
  { name: 'in', maxRecordBytes: 1 << 20 },
  { name: 'out', maxRecordBytes: 1 << 20 },
];
