import { randomUUID } from 'node:crypto';
import { type OpenClaims, sharedClaims } from '../../llm/endpoint/rates/claims.ts';
import { type Ledger, tableLedger } from '../../llm/money/ledger.ts';
import { type SharedTable, sharedLedger } from '../../llm/money/shared-ledger.ts';
import type { Transport } from '../../runtime/transport.ts';
import { ledger } from '../../topologies/topics.ts';
import type { Config } from '../settings/schema.ts';

/** The ledger of a run: on Kafka many processes spend from one budget. */
export const ledgerOf = ({ transport: { kind } }: Pick<Config, 'transport'>, transport: Transport): Ledger => {
  if (kind === 'kafka') return sharedLedger(sharedTable(transport), transport.worker(), randomUUID());
  const table = transport.table(ledger);
  return tableLedger({ put: (key, value) => table.put(key, key, value), entries: () => table.entries() });
};

/** How the processes of a run share the rates of servers, in the same log; undefined where there is one process. */
export const claimsOf = (
  { transport: { kind } }: Pick<Config, 'transport'>,
  transport: Transport,
): OpenClaims | undefined => (kind === 'kafka' ? sharedClaims(sharedTable(transport), transport.worker()) : undefined);

const sharedTable = (transport: Transport): SharedTable => {
  const table = transport.table(ledger);
  let next = 0;
  return {
    put: (key, value) => table.put(key, key, value),
    news: async () => {
      const records = await transport.read(ledger, 0, next, 1_000);
      next = (records.at(-1)?.offset ?? next - 1) + 1;
      return records.map(({ key, value }) => [key, value] as const);
    },
  };
};
