import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Transport } from '../../../../runtime/transport.ts';
import { openParts } from '../../../../runtime/transports/kafka/open.ts';
import { transportConformance, type World } from '../../../conformance/transport.ts';
import { describeKafka } from '../../../helpers/kafka/with-kafka.ts';

describeKafka('on a broker', (brokers) => {
  transportConformance('the Kafka transport', async (): Promise<World> => {
    const localPath = await mkdtemp(join(tmpdir(), 'sluice-kafka-'));
    const prefix = `conformance-${randomUUID().slice(0, 8)}`;
    const opened = new Map<Transport, () => void>();
    const open = async (run: string): Promise<Transport> => {
      const settings = { brokers, prefix, run, partitions: 3, localPath, commitMilliseconds: 20 };
      const { transport, abandon } = await openParts(settings);
      opened.set(transport, abandon);
      return transport;
    };
    return {
      open,
      look: open,
      crash: async (transport) => opened.get(transport)!(),
      destroy: () => rm(localPath, { recursive: true }),
    };
  });
});
