import type { z } from 'zod';
import { TransportError } from '../../runtime/errors.ts';

/** Reads JSON that some process wrote into a table. Throws `store-foreign` where no sluice can have written it. */
export const readStored = <T extends z.ZodType>(
  schema: T,
  bytes: Uint8Array,
  table: string,
  key: string,
): z.output<T> => {
  try {
    return schema.parse(JSON.parse(Buffer.from(bytes).toString()));
  } catch (cause) {
    const what = `${table} holds under ${JSON.stringify(key)} what no sluice wrote`;
    throw new TransportError('store-foreign', `${what}: see who else writes there, or give another prefix`, { cause });
  }
};
