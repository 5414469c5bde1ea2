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
  z
    .strictObject({
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
      maxMessageBytes: positive
        .min(262_144)
        .optional()
        .describe('Largest `max.message.bytes` that the brokers allow; left out, 10 MiB and a little are asked for.'),
      instanceId: z.string().optional(),
      tls: z
        .union([
          z.boolean(),
          z
            .strictObject({ ca: path.optional(), cert: path.optional(), key: path.optional() })
            .refine(({ cert, key }) => (cert === undefined) === (key === undefined), 'wants cert and key together'),
        ])
        .default(false)
        .describe('Encrypted; `ca` names the authority, `cert` and `key` are this side’s own (mTLS), in PEM.'),
      sasl: z
        .discriminatedUnion('mechanism', [
          z.strictObject({
            mechanism: z.enum(['plain', 'scram-sha-256', 'scram-sha-512']),
            username: z.string(),
            password: z.string(),
          }),
          z
            .strictObject({
              mechanism: z.literal('oauthbearer'),
              command: z.array(z.string()).min(1).optional().describe('Prints a token.'),
              tokenUrl: z
                .url({ protocol: /^https?$/ })
                .optional()
                .describe('Gives one for client credentials.'),
              clientId: z.string().optional(),
              clientSecret: z.string().optional(),
              scope: z.string().optional(),
            })
            .refine(
              ({ command, tokenUrl, clientId, clientSecret }) =>
                command === undefined
                  ? tokenUrl !== undefined && clientId !== undefined && clientSecret !== undefined
                  : tokenUrl === undefined,
              'wants a command, or tokenUrl with clientId and clientSecret',
            ),
        ])
        .optional(),
      values: z
        .enum(['single-object', 'confluent'])
        .default('single-object')
        .describe('Framing of the records on their topics; `confluent` is what clients of a Schema Registry read.'),
      registry: z
        .strictObject({
          url: z.url({ protocol: /^https?$/ }),
          username: z.string().optional(),
          password: z.string().optional(),
        })
        .refine(({ username, password }) => (username === undefined) === (password === undefined), {
          message: 'wants username and password together',
        })
        .optional()
        .describe('The Schema Registry, by its REST protocol.'),
    })
    .refine(({ values, registry }) => values !== 'confluent' || registry !== undefined, {
      message: 'values: confluent wants a registry',
      path: ['registry'],
    }),
]);

export const transport = z.preprocess(withKind, kinds).prefault({ kind: 'embedded' });
