import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { openKafka } from '../../../../../runtime/transports/kafka/open.ts';

describe('a broker that speaks other versions', () => {
  it.each([
    ['too old', 0, 6, /too old: Produce is sent in version 7, it speaks 0 to 6; Kafka 2\.8 or later is needed/],
    ['too new', 8, 20, /too new: Produce is sent in version 7, it speaks 8 to 20/],
  ])('is refused as %s', async (_what, least, most, message) => {
    const server = createServer((socket) => answerVersions(socket, least, most));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const settings = { prefix: 'p', run: 'r', partitions: 1, localPath: tmpdir(), commitMilliseconds: 1 };
    const opened = openKafka({ ...settings, brokers: [`127.0.0.1:${port}`] });
    await expect(opened).rejects.toMatchObject({ code: 'broker-refused', message: expect.stringMatching(message) });
    server.close();
  });
});

/** Answers every request as if it were ApiVersions, version 2: these versions for every key. */
const answerVersions = (socket: Socket, least: number, most: number): void => {
  socket.on('error', () => {});
  socket.on('data', (request) => {
    const keys = [...Array(60).keys()];
    const body = Buffer.alloc(4 + 2 + 4 + keys.length * 6 + 4);
    request.copy(body, 0, 8, 12);
    body.writeInt32BE(keys.length, 6);
    for (const key of keys)
      [key, least, most].forEach((value, index) => void body.writeInt16BE(value, 10 + key * 6 + index * 2));
    const length = Buffer.alloc(4);
    length.writeInt32BE(body.length);
    socket.write(Buffer.concat([length, body]));
  });
};
