import { randomUUID } from 'node:crypto';
import { type Ledger, tableLedger } from '../../llm/money/ledger.ts';
import { sharedLedger } from '../../llm/money/shared-ledger.ts';
import type { Transport } from '../../runtime/transport.ts';
import { ledger } from '../../topologies/topics.ts';
import type { Config } from '../settings/schema.ts';

/** The ledger of a run: on Kafka many processes spend from one budget. */
export const ledgerOf = ({ transport: { kind } }: Pick<Config, 'transport'>, transport: Transport): Ledger => {
  const table = transport.table(ledger);
  const put = (key: string, value: Uint8Array) => table.put(key, key, value);
  if (kind === 'embedded') return tableLedger({ put, entries: () => table.entries() });
  let next = 0;
  const news = async () => {
    const records = await transport.read(ledger, 0, next, 1_000);
    next = (records.at(-1)?.offset ?? next - 1) + 1;
    return records.map(({ key, value }) => [key, value] as const);
  };
  return sharedLedger({ put, news }, transport.worker(), randomUUID());
};
