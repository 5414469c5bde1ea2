/**
 * `kill -9` again and again over one run of the recorded GSM8K students: the long form of `crash.test.ts`.
 * `node test/soak/crash.soak.ts [KILLS [SEED]]`; exits with 1 where a law is broken.
 */
import { killSoak } from '../helpers/kills/kill-soak.ts';
import { barePrompt, recordedServer } from '../helpers/models/recorded-students.ts';
import { dataRows, haveData } from '../helpers/real-data.ts';
import { place } from '../helpers/sluice.ts';

const [kills = '200', seed = '1'] = process.argv.slice(2);

if (!haveData) console.log('The recorded students are not there (SLUICE_DATA): nothing was run.');
else {
  const server = await recordedServer({ failing: 0.05, latency: ({ number }) => 20 + ((number * 37) % 60) });
  const model = { baseUrl: `${server.url}/v1`, concurrency: 32, prompt: barePrompt };
  await killSoak({
    title: 'GSM8K under kill -9',
    server,
    run: 'soak',
    models: ['6b_verification', 'prm', 'teacher'],
    kills: Number(kills),
    seed: Number(seed),
    prepare: () => {
      const there = place({
        run: 'soak',
        problems: [{ path: 'problems.jsonl', preset: 'gsm8k' }],
        student: { ...model, model: '6b_verification', maxTokens: 1024 },
        scorer: { kind: 'prm', baseUrl: server.url, model: 'prm', concurrency: 32 },
        target: { records: 600, admit: 'after-grading' },
        teacher: { ...model, model: 'teacher', samples: 1 },
      });
      there.write('problems.jsonl', dataRows<object>('gsm8k/test.jsonl'));
      return there;
    },
  });
}
