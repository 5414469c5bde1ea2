import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

const whole = [
  'test/end-to-end/runs/budget.test.ts',
  'test/end-to-end/runs/crash.test.ts',
  'test/end-to-end/teacher/graders.test.ts',
  'test/end-to-end/evaluation/known-answers.test.ts',
  'test/verifiers/code/containment/cheats.test.ts',
  'test/verifiers/code/contest/cpp.test.ts',
  'test/verifiers/code/contest/javascript.test.ts',
  'test/verifiers/code/hostile/hostile.test.ts',
  'test/verifiers/code/humaneval.test.ts',
  'test/verifiers/code/containment/probes.test.ts',
  'test/verifiers/code/scripts.test.ts',
  'test/verifiers/maths/hostile/growth.test.ts',
];
/** They need a broker. */
const wholeOverKafka = ['test/end-to-end/kafka/graders.test.ts'];

/** `npm run test:long`: tests that `npm test` runs in a shorter form, whole. They read SLUICE_LONG. */
export default defineConfig({
  root: resolve(import.meta.dirname, '../..'),
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    setupFiles: ['test/helpers/deadline/setup.ts'],
    maxWorkers: 2,
    env: { SLUICE_LONG: '1' },
    projects: [
      { extends: true, test: { name: 'long', include: whole } },
      {
        extends: true,
        test: { name: 'long-kafka', include: wholeOverKafka, globalSetup: ['test/helpers/kafka/setup.ts'] },
      },
    ],
  },
});
