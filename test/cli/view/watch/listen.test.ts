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
