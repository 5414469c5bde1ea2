import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { startingConfig } from '../cli/commands/set-up/init.ts';
import { loadConfig } from '../cli/config/load.ts';
import { commandLine } from '../cli/main.ts';

/** Everything that a reader may copy out of the documentation is tried: configurations, commands, links. */
const pages = ['README.md', ...globSync('docs/**/*.md').sort()];
const blocks = (page: string, language: RegExp): string[] =>
  [...readFileSync(page, 'utf8').matchAll(/^```(\w*)\n([\s\S]*?)^```/gm)]
    .filter(([, name]) => language.test(name as string))
    .map(([, , text]) => text as string);

const environment = { STUDENT_API_KEY: 'a', TEACHER_API_KEY: 'b', KAFKA_PASSWORD: 'c', HOSTNAME: 'd' };
const minimal = {
  student: { baseUrl: 'http://127.0.0.1:1/v1', model: 'm' },
  scorer: { kind: 'tests' },
  teacher: { baseUrl: 'http://127.0.0.1:1/v1', model: 'm' },
};

const load = (text: string) => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-docs-'));
  try {
    const file = join(folder, 'sluice.yaml');
    writeFileSync(file, text);
    return loadConfig(file, [], environment);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

describe('the documentation', () => {
  it.each(pages)('%s: configurations are accepted', (page) => {
    for (const text of blocks(page, /^yaml$/)) {
      const value = parse(text) as Record<string, unknown>;
      // A part of a configuration is tried within a whole one; YAML about something else has none of its keys.
      const isOurs = Object.keys(value).some((key) =>
        [
          'run',
          'problems',
          'student',
          'scorer',
          'teacher',
          'levels',
          'target',
          'evaluation',
          'transport',
          'budget',
          'decontamination',
        ].includes(key),
      );
      if (isOurs) expect(() => load(JSON.stringify({ ...minimal, ...value })), text).not.toThrow();
    }
  });

  it.each(pages)('%s: commands and their flags exist', async (page) => {
    const lines = blocks(page, /^(sh|bash|text|console|)$/).flatMap((text) => text.replaceAll('\\\n', ' ').split('\n'));
    for (const line of lines) {
      const words = /(?:^|\s)(?:npx )?sluice (.+)$/
        .exec(line.trim())?.[1]
        ?.replace(/\s[|>#].*$/, '')
        .split(/\s+/);
      if (!words || !/^(npx |\$ )?(npx )?sluice /.test(line.trim())) continue;
      expect(unknownIn(await commandLine(words[0]), words), line).toEqual([]);
    }
  });

  it.each(pages)('%s: links lead somewhere', (page) => {
    for (const [, target] of readFileSync(page, 'utf8').matchAll(/\]\(([^)#:]+\.md)(?:#[^)]*)?\)/g)) {
      expect(() => readFileSync(resolve(dirname(page), target as string)), `${page} → ${target}`).not.toThrow();
    }
  });

  it('names tests that are there for every law', () => {
    const named = [...readFileSync('docs/laws.md', 'utf8').matchAll(/`(?:node )?(test\/[\w/.-]+)`/g)].map(
      ([, path]) => path as string,
    );
    expect(named.length).toBeGreaterThan(15);
    for (const path of named) expect(existsSync(path), path).toBe(true);
  });

  it('begins with a configuration that `sluice init` writes', () => {
    expect(load(startingConfig).config.run).toBe('first-run');
  });
});

/** Words of a command line that name no command or flag of ours. */
const unknownIn = (command: Command, words: readonly string[]): string[] => {
  const [first = '', ...rest] = words;
  const inner = command.commands.find((one) => one.name() === first);
  if (inner) return unknownIn(inner, rest);
  if (command.commands.length > 0) return [first];
  const known = new Set(command.options.flatMap((option) => [option.short, option.long]));
  return words.filter((word) => /^--?[a-z]/.test(word) && word !== '--help' && !known.has(word.split('=')[0]));
};

describe('a file of examples', () => {
  it.each([
    ['docs/library.md', 'examples/library/own-models.ts'],
    ['docs/verifiers/own-domain.md', 'examples/grader/grader.py'],
    ['docs/verifiers/own-domain.md', 'examples/grader/grader.yaml'],
    ['docs/verifiers/own-domain.md', 'examples/plugin/my-domain.ts'],
  ])('stands in %s as it is: %s', (page, file) => {
    expect(readFileSync(page, 'utf8')).toContain(readFileSync(file, 'utf8'));
  });
});
