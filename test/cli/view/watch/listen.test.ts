import { once } from 'node:events';
import { get } from 'node:http';
import { expect, it } from 'vitest';
import { listen } from '../../../../cli/view/watch/listen.ts';

const served = {
  contentType: 'text/plain',
  metrics: async () => 'a 1\n',
  health: () => ({ ok: true, ready: true, phase: 'filling', answeredSecondsAgo: 0 }),
};

it.for([
  ['127.0.0.1:0', false],
  ['localhost:0', false],
  ['0.0.0.0:0', true],
] as const)('the metrics at %s are open to others: %s', async ([address, isOpen]) => {
  const listening = await listen(address, served);
  expect(listening.isOpen).toBe(isOpen);
  const url = listening.url.replace('0.0.0.0', '127.0.0.1');
  expect(await (await fetch(`${url}/metrics`)).text()).toBe('a 1\n');
  listening.close();
});

it('on loopback nothing is told to a foreign page that had its own name resolved to here', async () => {
  const listening = await listen('127.0.0.1:0', served);
  const statusUnder = async (host: string) => {
    const [response] = await once(get(`${listening.url}/metrics`, { headers: { host }, agent: false }), 'response');
    return response.resume().statusCode as number;
  };
  expect(await statusUnder('a.example:9464')).toBe(403);
  expect(await statusUnder('127.0.0.1.a.example')).toBe(403);
  expect(await statusUnder('localhost:9464')).toBe(200);
  expect(await statusUnder('[::1]')).toBe(200);
  listening.close();
});
