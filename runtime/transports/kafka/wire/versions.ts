import { TransportError } from '../../../errors.ts';
import type { Versions } from './kafkajs.ts';

/** Every request that is sent, with its number and the version of it (Kafka protocol guide). */
const spoken = {
  Produce: [0, 7],
  Fetch: [1, 11],
  ListOffsets: [2, 3],
  Metadata: [3, 10],
  OffsetCommit: [8, 5],
  OffsetFetch: [9, 7],
  FindCoordinator: [10, 2],
  JoinGroup: [11, 5],
  Heartbeat: [12, 3],
  LeaveGroup: [13, 3],
  SyncGroup: [14, 3],
  InitProducerId: [22, 1],
  AddPartitionsToTxn: [24, 1],
  AddOffsetsToTxn: [25, 1],
  EndTxn: [26, 1],
  TxnOffsetCommit: [28, 3],
} as const satisfies Record<string, readonly [number: number, version: number]>;

/** Compares with what a broker says that it speaks (ApiVersions): throws `broker-refused` where it is too old or new. */
export const compareVersions = (broker: string, versions: Versions): void => {
  for (const [name, [key, version]] of Object.entries(spoken)) {
    const { minVersion, maxVersion } = versions[key] ?? { minVersion: 0, maxVersion: -1 };
    if (version >= minVersion && version <= maxVersion) continue;
    const tooOld = version > maxVersion;
    const range = maxVersion < 0 ? 'it does not know it' : `it speaks ${minVersion} to ${maxVersion}`;
    throw new TransportError(
      'broker-refused',
      `the broker at ${broker} is too ${tooOld ? 'old' : 'new'}: ${name} is sent in version ${version}, ${range}; ` +
        `${tooOld ? 'Kafka 2.8 or later is needed' : 'a newer version of sluice is needed'}`,
    );
  }
};
