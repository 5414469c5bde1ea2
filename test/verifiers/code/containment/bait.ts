import { createSocket } from 'node:dgram';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

/** A piece of the host that is there to be reached, and remembers whether it was. */
export async function bait() {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-probes-'));
  const reached: string[] = [];
  const files = { 'secret.txt': 'the secret', changed: 'as it was', movable: '', removable: '' };
  const modules = {
    'hosted.py': 'NAME = "hosted"',
    'hosted.mjs': 'export const NAME = "hosted"',
    'hosted.json': '{"name": "hosted"}',
  };
  const restore = () => {
    for (const name of readdirSync(folder)) if (name !== 'socket') rmSync(join(folder, name), { recursive: true });
    for (const [name, text] of Object.entries({ ...files, ...modules })) writeFileSync(join(folder, name), text);
    chmodSync(join(folder, 'changed'), 0o600);
    reached.length = 0;
  };
  const http = createHttpServer((_, response) => response.end('x')).on('connection', () => reached.push('tcp'));
  const local = createServer((socket) => {
    reached.push('local socket');
    socket.end();
  });
  const udp = createSocket('udp4').on('message', () => reached.push('udp'));
  await Promise.all([
    listen(http, { port: 0, host: '127.0.0.1' }),
    listen(local, { path: join(folder, 'socket') }),
    new Promise<void>((resolve) => udp.bind(0, '127.0.0.1', resolve)),
  ]);
  restore();
  const host = {
    folder,
    secret: join(folder, 'secret.txt'),
    changed: join(folder, 'changed'),
    socket: join(folder, 'socket'),
    port: (http.address() as AddressInfo).port,
    udp: udp.address().port,
    pid: process.pid,
    name: hostname(),
  };
  const state = () => ({
    files: readdirSync(folder).sort(),
    changed: readFileSync(host.changed, 'utf8'),
    reached: [...reached],
  });
  const close = () => {
    http.close();
    local.close();
    udp.close();
    rmSync(folder, { recursive: true });
  };
  return { host, restore, state, close };
}

function listen(server: Server, where: object): Promise<void> {
  return new Promise((resolve) => server.listen(where, resolve));
}
