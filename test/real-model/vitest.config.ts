import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: resolve(import.meta.dirname, '../..'),
  test: { include: ['test/real-model/*.test.ts'], testTimeout: 1_200_000, hookTimeout: 120_000 },
});
