import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';

// Tests in a folder `kafka` share one broker, which is started only where one of them runs.
const kafka = ['test/**/kafka/**/*.test.ts'];
// `npm run test:real-model` sets up a real model first.
const realModel = ['test/real-model/**'];
// `npm run test:closed-loop` sets up torch and TRL first.
const closedLoop = ['test/closed-loop/**'];

export default defineConfig({
  // As the packed package is called: examples are run as they are.
  resolve: { alias: [{ find: /^sluice$/, replacement: resolve('index.ts') }] },
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    setupFiles: ['test/helpers/deadline/setup.ts'],
    // For the threads and commands that tests start: where Node keeps what it compiled.
    env: { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(tmpdir(), 'node-compile-cache') },
    projects: [
      {
        extends: true,
        test: {
          name: 'sluice',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...kafka, ...realModel, ...closedLoop],
          maxWorkers: 3,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: 'kafka',
          include: kafka,
          globalSetup: ['test/helpers/kafka/setup.ts'],
          // Each has a broker and some processes at work.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
