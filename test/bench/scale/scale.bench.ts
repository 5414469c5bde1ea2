/**
 * Cost a problem as the run grows, on the embedded transport: the whole flow with its journal, stores, counts, files and
 * report over models that answer at once, in a process of its own for each size.
 * `node test/bench/scale/scale.bench.ts [SMALL [LARGE]]`
 */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { message } from '../message.ts';
import type { Cost } from './whole-flow.ts';

const [small = '10000', large = '1000000'] = process.argv.slice(2);

const measured = (count: string): Promise<Cost> => message(fork(join(import.meta.dirname, 'whole-flow.ts'), [count]));

console.log('| problems | µs of CPU a problem | µs a problem | peak memory, MB | bytes of store a problem |');
console.log('|---|---|---|---|---|');
const row = (count: string, { cpu, wall, peak, store }: Cost): void => {
  const cells = [
    Number(count).toLocaleString('en'),
    cpu.toFixed(0),
    wall.toFixed(0),
    peak.toFixed(0),
    store.toFixed(0),
  ];
  console.log(`| ${cells.join(' | ')} |`);
};
const few = await measured(small);
row(small, few);
const many = await measured(large);
row(large, many);
console.log(
  `\ncost a problem: ${(many.cpu / few.cpu).toFixed(2)} × in CPU, ${(many.wall / few.wall).toFixed(2)} × in time`,
);
console.log('(aim: at most 1.2)');
