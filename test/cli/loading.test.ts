import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

/** Prints the packages that were loaded, one a line, when the process ends. */
const watcher = `
  import { registerHooks } from 'node:module';
  const packages = new Set();
  const name = /node_modules\\/((?:@[^/]+\\/)?[^/]+)\\//;
  registerHooks({
    load(url, context, next) {
      const [, found] = name.exec(url) ?? [];
      if (found) packages.add(found);
      return next(url, context);
    },
  });
  process.on('exit', () => console.error([...packages].join('\\n')));
`;

const packagesOf = (...args: string[]): string[] => {
  const hook = `data:text/javascript,${encodeURIComponent(watcher)}`;
  const { stderr } = spawnSync(process.execPath, ['--import', hook, 'cli/sluice.js', ...args], { encoding: 'utf8' });
  return stderr.trim().split('\n');
};

describe('a process of a run', () => {
  it('begins without the packages that it may never need: it flows the sooner', () => {
    const loaded = packagesOf('run', '--help');
    expect(loaded).toContain('commander');
    const others = ['openai', 'undici', 'kafkajs', 'prom-client', 'hyparquet', 'hyparquet-writer', 'log-update'];
    const lazy = ['string-width', 'pyodide', '@huggingface/jinja', '@opentelemetry/api'];
    for (const name of [...others, ...lazy]) expect(loaded).not.toContain(name);
  });
});
