import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

/** `npm run test:closed-loop`, which sets up torch and TRL first. */
export default defineConfig({
  root: resolve(import.meta.dirname, '../..'),
  test: { include: ['test/closed-loop/*.test.ts'], testTimeout: 1_800_000 },
});
