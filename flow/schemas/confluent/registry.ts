import { z } from 'zod';
import { TransportError } from '../../../runtime/errors.ts';
import { objectIn } from '../../answered-object.ts';

export interface RegistrySettings {
  readonly url: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
}

/** Confluent's Schema Registry, by its REST protocol. Rejects with `broker-unreachable` or `broker-refused`. */
export interface SchemaRegistry {
  /** Registers a schema (as JSON) under a subject, where it is not there yet; gives its id. */
  register(subject: string, schema: string): Promise<number>;
  /** The id of a schema that is under a subject. */
  lookUp(subject: string, schema: string): Promise<number>;
  /** The schema of an id, as JSON; null where there is none. */
  schema(id: number): Promise<string | null>;
}

export const schemaRegistry = ({ url, username, password }: RegistrySettings): SchemaRegistry => {
  const base = url.endsWith('/') ? url.slice(0, -1) : url;
  const login = Buffer.from(`${username}:${password}`).toString('base64');
  const headers = { accept: MEDIA_TYPE, 'content-type': MEDIA_TYPE };
  const ask = async (path: string, body?: object): Promise<{ status: number; found: unknown }> => {
    const method = body === undefined ? 'GET' : 'POST';
    const answer = await fetch(`${base}${path}`, {
      ...{ method, redirect: 'error', signal: AbortSignal.timeout(PATIENCE) },
      headers: { ...headers, ...(username !== undefined && { authorization: `Basic ${login}` }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }).catch((error) => {
      throw new TransportError('broker-unreachable', `transport.registry: ${base} does not answer`, { cause: error });
    });
    if (answer.status === 401 || answer.status === 403)
      throw new TransportError('broker-refused', `transport.registry: ${base} refuses the login (${answer.status})`);
    return { status: answer.status, found: await objectIn(answer) };
  };
  const post = async (path: string, subject: string, schema: string, advice: string): Promise<number> => {
    const { status, found } = await ask(path, { schema, schemaType: 'AVRO' });
    const said = answered.safeParse(found);
    if (status < 300 && said.success && said.data.id !== undefined) return said.data.id;
    const reason = (said.success && said.data.message) || 'without a reason';
    const text = `transport.registry: ${base} refuses the schema of ${subject} with ${status}: ${reason}${advice}`;
    throw new TransportError('broker-refused', text);
  };
  const path = (subject: string) => `/subjects/${encodeURIComponent(subject)}`;
  return {
    register: (subject, schema) => post(`${path(subject)}/versions`, subject, schema, ''),
    lookUp: (subject, schema) => post(path(subject), subject, schema, '; run `sluice topics apply`'),
    schema: async (id) => {
      const { status, found } = await ask(`/schemas/ids/${id}`);
      const said = answered.safeParse(found);
      if (status === 404) return null;
      if (status < 300 && said.success && said.data.schema !== undefined) return said.data.schema;
      throw new TransportError('broker-unreachable', `transport.registry: ${base} gives no schema ${id} (${status})`);
    },
  };
};

const answered = z.object({
  id: z.int().nonnegative().max(0xffff_ffff).optional(),
  schema: z
    .string()
    .max(1 << 20)
    .optional(),
  message: z
    .string()
    .transform((text) => text.slice(0, 300))
    .optional(),
});
const MEDIA_TYPE = 'application/vnd.schemaregistry.v1+json';
const PATIENCE = 10_000;
