import { z } from 'zod';
import { path, positive } from './plain.ts';

/** Without a kind it is the embedded one. */
const withKind = (value: unknown): unknown =>
  value !== null && typeof value === 'object' && !('kind' in value) ? { kind: 'embedded', ...value } : value;

const kinds = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('embedded'),
    path: path.default('.sluice'),
    partitions: positive.max(1024).default(4),
  }),
  z.strictObject({
    kind: z.literal('kafka'),
    brokers: z
      .array(z.string().regex(/^(\[[^\]]+\]|[^:\s]+):\d{1,5}$/, 'wants host:port, such as kafka.example.com:9092'))
      .min(1),
    prefix: z
      .string()
      .regex(/^[a-zA-Z0-9._-]{1,60}$/, 'wants letters, digits, dots, hyphens and underscores, 60 at most')
      .default('sluice'),
    path: path.default('.sluice').describe('Folder of the local copies of the stores.'),
    partitions: positive.max(1024).default(6),
    replicationFactor: positive.optional(),
    instanceId: z.string().optional(),
    tls: z.union([z.boolean(), z.strictObject({ ca: path.optional() })]).default(false),
    sasl: z
      .strictObject({
        mechanism: z.enum(['plain', 'scram-sha-256', 'scram-sha-512']),
        username: z.string(),
        password: z.string(),
      })
      .optional(),
  }),
]);

export const transport = z.preprocess(withKind, kinds).prefault({ kind: 'embedded' });
