import type { Trial } from '../trials.ts';

/** What slow programs spend their time on: loops, objects, texts, calls; the quickest of many goes counts. */
const WORK = `
const sieve = () => {
  const primes = new Array(30000).fill(true);
  for (let number = 2; number < 180; number += 1)
    if (primes[number]) for (let multiple = number * number; multiple < primes.length; multiple += number) primes[multiple] = false;
  return primes.length;
};
const count = () => {
  const counts = new Map();
  for (let number = 0; number < 8000; number += 1) counts.set(number % 97, (counts.get(number % 97) ?? 0) + number);
  return counts.size;
};
const sort = () => Array.from({ length: 2000 }, (_, number) => String((number * 7919) % 100003)).sort().join('').length;
const fibonacci = (n = 18) => (n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2));
const work = () => {
  const seconds = (piece) => {
    const begun = performance.now();
    piece();
    return (performance.now() - begun) / 1000;
  };
  const best = (piece) => Math.min(...Array.from({ length: 12 }, () => seconds(piece)));
  return [sieve, count, sort, () => fibonacci()].map(best).reduce((sum, one) => sum + one, 1e-9);
};
`;

/** Through Deno's own modules, since a stand-in refuses by itself. */
const ATTEMPTS = `
const attempt = async (action) => {
  try {
    return 'reached ' + String(await action()).slice(0, 80);
  } catch {
    return 'refused';
  }
};
const node = (name) => require('module').createRequire('file:///x.js')('node:' + name);
const read = () => attempt(() => node('fs').readFileSync('/etc/passwd', 'utf8'));
const write = () => attempt(() => node('fs').writeFileSync('/etc/sluice-probe', 'x'));
const run = () => attempt(() => node('child_process').execFileSync('/bin/true').length);
const connect = () =>
  attempt(() => new Promise((resolve, reject) => {
    const socket = node('net').connect(9, '127.0.0.1');
    socket.on('connect', resolve).on('error', (error) => /NotCapable|permission|access/i.test(error.name + error.message) ? reject(error) : resolve(error.message));
  }));
const environment = () => attempt(() => node('process').env.PATH.length);
const system = () => attempt(() => node('os').hostname());
const gpu = () =>
  attempt(() => new Promise((resolve, reject) => {
    const { Worker } = node('worker_threads');
    const ask = 'navigator.gpu.requestAdapter().then((found) => require("node:worker_threads").parentPort.postMessage(found ? "a GPU" : ""))';
    new Worker(ask, { eval: true }).on('message', (found) => found ? resolve(found) : reject(new Error())).on('error', reject);
  }));
const load = () => attempt(() => import('file:///etc/passwd'));
`;

/** By which a place for JavaScript is tried. The seconds were measured where the work of Python takes what is expected. */
export const JAVASCRIPT_TRIAL: Trial = {
  language: 'javascript',
  source: WORK + ATTEMPTS,
  work: 'work',
  expectedSeconds: 0.0016,
  attempts: ['read', 'write', 'run', 'connect', 'environment', 'system', 'gpu', 'load'],
};
