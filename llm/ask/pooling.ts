import { z } from 'zod';
import { EndpointFault } from '../endpoint-fault.ts';
import { objectIn } from '../http/answers/answer.ts';
import { isSimulated } from '../http/answers/completion.ts';
import { beginning, readJson } from '../http/answers/json.ts';
import { type Said, saidIn } from '../http/answers/usage.ts';
import { refuseErrorBody } from '../http/faults/error-body.ts';

const number = z.number();

const poolingSchema = z.object({
  data: z.array(z.object({ data: z.union([z.array(z.array(number)), z.array(number), z.string()]) })).length(1),
  usage: z.unknown().optional(),
  system_fingerprint: z.string().nullish().catch(null),
});

/** Values that are looked at, where fewer would do. */
const mostRows = 1000;

export interface Pooled {
  /** One value a row, before any activation; of a pair [wrong, right] the second. */
  readonly values: readonly number[];
  readonly usage: Said | null;
  readonly simulated: boolean;
}

/**
 * Reads vLLM's answer to `POST /pooling` with `task: token_classify`, in any of its forms: pairs, single values, a
 * flat list, or base64 of little-endian 32-bit floats. A flat list of twice as many numbers as steps holds pairs.
 */
export const readPooling = (json: string, steps: number): Pooled => {
  const value = readJson(objectIn(json));
  refuseErrorBody(value);
  const rows: unknown = (value as { data?: { data?: unknown }[] } | null)?.data?.[0]?.data;
  if (Array.isArray(rows) && rows.length > Math.max(mostRows, 2 * steps))
    throw new EndpointFault('malformed', `a pooling answer of ${rows.length} values for ${steps} steps`);
  const parsed = poolingSchema.safeParse(value);
  if (!parsed.success) throw new EndpointFault('malformed', `not a pooling answer: ${beginning(json)}`);
  const { data, usage, system_fingerprint } = parsed.data;
  return { values: valuesOf(data[0]!.data, steps), usage: saidIn(usage), simulated: isSimulated(system_fingerprint) };
};

const valuesOf = (data: string | readonly number[] | readonly (readonly number[])[], steps: number): number[] => {
  const rows = typeof data === 'string' ? floats(data) : data;
  const flat = rows.map((row) => (typeof row === 'number' ? row : (row[row.length - 1] ?? Number.NaN)));
  const pairs = typeof rows[0] === 'number' && flat.length === 2 * steps;
  return pairs ? flat.filter((_value, index) => index % 2 === 1) : flat;
};

const floats = (base64: string): number[] => {
  const bytes = Buffer.from(base64, 'base64');
  return Array.from({ length: Math.floor(bytes.length / 4) }, (_none, index) => bytes.readFloatLE(index * 4));
};
