import { describe, expect, it } from 'vitest';
import { checkEpoch } from '../../../flow/schemas/epoch.ts';
import { registered } from '../../../flow/schemas/register.ts';
import type { Transport } from '../../../runtime/transport.ts';

/** A transport whose tables hold these bytes under every key. */
const holding = (text: string) =>
  ({
    table: () => ({
      get: async () => Buffer.from(text),
      entries: async function* () {
        yield ['0011223344556677', Buffer.from(text)] as const;
      },
    }),
  }) as unknown as Transport;

describe('tables that somebody else wrote into', () => {
  it.each(['no JSON', '[]', '{"a":1}', '{"a":{"record":"graded"}}', '\0'])('are named: %j', async (text) => {
    const foreign = { code: 'store-foreign', message: expect.stringContaining('what no sluice wrote') };
    await expect(checkEpoch(holding(text), 'run')).rejects.toMatchObject(foreign);
    await expect(registered(holding(text), '0011223344556677')).rejects.toMatchObject(foreign);
  });

  it('are read where a newer sluice did', async () => {
    const epoch = JSON.stringify({ ffff: { record: 'later', version: 9 } });
    await expect(checkEpoch(holding(epoch), 'run')).rejects.toMatchObject({ code: 'store-newer' });
  });
});
