/**
 * A thousand times `kill -9` over one run of 20,000 problems.
 * `node test/soak/kills.soak.ts [KILLS [PROBLEMS [SEED]]]`; exits with 1 where a law is broken.
 */
import { killSoak } from '../helpers/kills/kill-soak.ts';
import { modelServer } from '../helpers/models/model-server.ts';
import { hashShare } from '../helpers/models/recorded-students.ts';
import { answerSums, plainSums, sumsConfig } from '../helpers/plain-sums.ts';
import { place } from '../helpers/sluice.ts';

const [kills = '1000', problems = '20000', seed = '1'] = process.argv.slice(2);

const server = await modelServer({
  chat: answerSums,
  score: ({ steps }) => steps.map(hashShare),
  latency: ({ number }) => 5 + (number % 20),
});
await killSoak({
  title: `${problems} problems under kill -9`,
  server,
  run: 'soak',
  models: ['student', 'prm', 'teacher'],
  kills: Number(kills),
  seed: Number(seed),
  prepare: () => {
    const there = place(sumsConfig(server.url, 'soak', { records: Math.floor(Number(problems) / 3), concurrency: 64 }));
    there.write('problems.jsonl', plainSums(Number(problems)));
    return there;
  },
});
