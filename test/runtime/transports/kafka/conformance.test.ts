import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Transport } from '../../../../runtime/transport.ts';
import { type Client, makeClient } from '../../../../runtime/transports/kafka/cluster/client.ts';
import { openParts } from '../../../../runtime/transports/kafka/open.ts';
import { transportConformance, type World } from '../../../conformance/transport.ts';
import { describeKafka } from '../../../helpers/kafka/with-kafka.ts';

describeKafka('on a broker', (brokers) => {
  transportConformance('the Kafka transport', async (): Promise<World> => {
    const localPath = await mkdtemp(join(tmpdir(), 'sluice-kafka-'));
    const prefix = `conformance-${randomUUID().slice(0, 8)}`;
    const opened = new Map<Transport, () => void>();
    const open = async (run: string, answers?: 'late'): Promise<Transport> => {
      const settings = { brokers, prefix, run, partitions: 3, localPath, commitMilliseconds: 20 };
      const client = makeClient(settings);
      const { transport, abandon } = await openParts(settings, answers === 'late' ? lateEnds(client) : client);
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

/** Says where partitions end 60 ms after the broker said it, as when a piece of an answer is lost and sent again. */
const lateEnds = (client: Client): Client => ({
  ...client,
  send: async (node, lane, request) => {
    const answer = await client.send(node, lane, request);
    if (request.request.apiName === 'ListOffsets') await sleep(60);
    return answer;
  },
});
