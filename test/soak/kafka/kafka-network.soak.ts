/**
 * A run over Kafka whose network is slow, cut and half open for long:
 * `node test/soak/kafka/kafka-network.soak.ts [--cut SECONDS] [--rounds N]`. Ends with 1 where a law is broken or a process had
 * to be helped.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { flowWorker } from '../../helpers/kafka/flow-worker.ts';
import { judgedSums, type SumsPlace } from '../../helpers/kafka/judging/judged-sums.ts';
import { lossBook } from '../../helpers/kafka/judging/loss-book.ts';
import { startJars } from '../../helpers/kafka/local.ts';
import { type FaultyProxy, isDecision, startProxy } from '../../helpers/kafka/proxy.ts';

const { values } = parseArgs({
  options: { cut: { type: 'string', default: '60' }, rounds: { type: 'string', default: '3' } },
});
const [cutMilliseconds, rounds] = [1_000 * Number(values.cut), Number(values.rounds)];
const problems = 1_500;
/** Each round disturbs so often. */
const DISTURBANCES = 4;

const main = async (): Promise<void> => {
  const proxy = await startProxy();
  const cluster = await startJars(1, { 'advertised.listeners': `PLAINTEXT://127.0.0.1:${proxy.port}` });
  proxy.target = cluster.nodes[0]!.port;
  let over = 0;
  const pace = () => (over + 1) / (DISTURBANCES * rounds + 1);
  try {
    const brokers = [`127.0.0.1:${proxy.port}`];
    const found = await judgedSums({ brokers, replicationFactor: 1, problems, pace }, (place) =>
      disturbed(place, proxy, () => {
        over++;
      }),
    );
    const { judged, broken, driven, requests, cameAgain } = found;
    const counts = JSON.stringify(found.counted) === JSON.stringify(found.recounted);
    const badly = driven.ends.filter(({ code }) => code !== 0 && code !== 3);
    const rows = {
      'cuts, freezes, slow times': `${rounds} of ${values.cut} s, ${rounds} of ${values.cut} s, ${2 * rounds}`,
      'problems, outcomes': `${new Set(judged.problems).size}, ${judged.outcomes.length}`,
      'lost or doubled': broken.length,
      'the sampler’s counts are those of its topics': counts,
      'requests, sent again, allowed': `${requests}, ${cameAgain}, ${driven.mayComeAgain}`,
      'processes that ended badly': badly.length,
    };
    console.log('| | |\n|---|---|');
    for (const [name, value] of Object.entries(rows)) console.log(`| ${name} | ${value} |`);
    for (const law of broken) console.error(law);
    for (const { code, stderr } of badly) console.error(`ended with ${code}: ${stderr}`);
    if (broken.length + badly.length > 0 || !counts || cameAgain > driven.mayComeAgain) process.exitCode = 1;
  } finally {
    proxy.close();
    await cluster.stop();
  }
};

const disturbed = async ({ folder, server }: SumsPlace, proxy: FaultyProxy, over: () => void) => {
  const grading = 'grade,score,level';
  const workers = [
    flowWorker(folder, 'main', 'ingest,sample,export'),
    flowWorker(folder, 'grader-a', grading),
    flowWorker(folder, 'generator', 'generate'),
    flowWorker(folder, 'grader-b', grading),
  ];
  const book = lossBook(server);
  const lost = () => {
    for (const worker of workers) book.lost(worker);
  };
  const disturbances: (() => Promise<unknown>)[] = [
    async () => {
      proxy.delay = 300;
      await sleep(10_000);
    },
    async () => {
      await proxy.before(isDecision, () => {
        proxy.cut();
        lost();
      });
      await sleep(cutMilliseconds);
    },
    async () => {
      proxy.delay = 100;
      await sleep(10_000);
    },
    async () => {
      await proxy.before(isDecision, () => {
        proxy.freeze();
        lost();
      });
      await sleep(cutMilliseconds);
    },
  ];
  try {
    await server.when((calls) => calls.length > 30);
    for (let turn = 0; turn < DISTURBANCES * rounds; turn++) {
      await disturbances[turn % DISTURBANCES]!();
      proxy.delay = 0;
      proxy.mend();
      over();
      await sleep(10_000);
    }
    const ends = await Promise.all(workers.map((worker) => worker.ended()));
    return { ends, mayComeAgain: book.mayComeAgain() };
  } finally {
    await Promise.all(workers.map((worker) => worker.kill()));
  }
};

await main();
process.exit();
