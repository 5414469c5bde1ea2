import { z } from 'zod';
import type { Transport } from '../../runtime/transport.ts';
import { writtenSchemas } from '../../schemas/known.ts';
import { readStored } from './stored.ts';

/** The table of every schema that was ever written under the prefix, by fingerprint; its values are JSON. */
export const registerName = 'schemas';

/**
 * Puts the schemas that this process writes beside those that others do. It is done before anything is written, so that
 * whoever meets a fingerprint that it does not know can tell a newer sluice's record from a stranger's.
 */
export const registerSchemas = async (transport: Transport): Promise<void> => {
  const table = transport.table(registerName);
  const there = new Set<string>();
  for await (const [name] of table.entries()) there.add(name);
  for (const [name, known] of writtenSchemas()) {
    if (!there.has(name)) await table.put(name, name, Buffer.from(JSON.stringify(known)));
  }
};

const knownSchema = z.object({ record: z.string(), version: z.number(), schema: z.string() });

/** A newer sluice's may be of a record that is not known here. */
type StoredSchema = z.output<typeof knownSchema>;

/** What is registered under a fingerprint, by anyone. */
export const registered = async (transport: Transport, fingerprint: string): Promise<StoredSchema | undefined> => {
  for await (const [, value] of transport.table(registerName).entries(fingerprint)) {
    return readStored(knownSchema, value, 'the table of schemas', fingerprint);
  }
  return undefined;
};
