/**
 * How well calls overlap over the whole pipeline: first and last record on disk against a plain streaming client with
 * the same calls, limits and order at the same server; and thousands of calls in flight in one process, with its memory.
 * Times run from the first request on. `node test/bench/overlap/overlap.bench.ts [late|stages|held…]`
 */
import { held } from './held.ts';
import { records } from './records.ts';

const wanted = process.argv.slice(2);
const isWanted = (part: string): boolean => wanted.length === 0 || wanted.includes(part);
const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(2);

const forms = {
  late: {
    title: 'one answer of twenty 5 s late',
    settings: { problems: 2000, concurrency: 64, latency: { student: 100, prm: 50, teacher: 200 }, late: 5000 },
  },
  stages: {
    title: 'student → scorer → teacher',
    settings: { problems: 1000, concurrency: 32, latency: { student: 100, prm: 50, teacher: 200 }, late: 0 },
  },
} as const;

if (isWanted('late') || isWanted('stages')) {
  console.log('| | records | first, s | ideal | last, s | ideal | × | before the first request, s |');
  console.log('|---|---|---|---|---|---|---|---|');
}
for (const [part, { title, settings }] of Object.entries(forms)) {
  if (!isWanted(part)) continue;
  const { ours, ideal, start } = await records(settings);
  const cells = [
    ...[title, settings.problems, seconds(ours.first), seconds(ideal.first), seconds(ours.last), seconds(ideal.last)],
    ...[(ours.last / ideal.last).toFixed(3), seconds(start)],
  ];
  console.log(`| ${cells.join(' | ')} |`);
}
if (isWanted('late') || isWanted('stages'))
  console.log('\n(aims: last at most 1.05 ×; first of the stages at most 1 s)\n');

if (isWanted('held')) {
  const { most, middle, resident, peak, rate, asked } = await held();
  console.log(`| ${asked.toLocaleString('en')} in flight over the whole pipeline, one process | |\n|---|---|`);
  console.log(`| calls in flight by the server's count, at most | ${most} |`);
  console.log(`| in the middle, once all three models are asked | ${middle} |`);
  console.log(`| resident memory then, MB | ${resident.toFixed(0)} |`);
  console.log(`| peak memory, MB | ${peak.toFixed(0)} |`);
  console.log(`| answers a second then | ${rate.toFixed(0)} |`);
}
