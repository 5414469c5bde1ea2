import { createRequire } from 'node:module';
import { z } from 'zod';
import { defineDomain } from '../../domains/own-domain.ts';
import type { OpenPlugin, Plugin } from './plugin.ts';

const name = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'wants lower-case letters, digits and hyphens, 40 at most');
const of = (what: string) => z.custom<never>((value) => typeof value === 'function', `wants a function: ${what}`);

const shape = z.strictObject({
  name,
  version: z.string().default(''),
  domains: z
    .array(
      z.looseObject({
        name,
        judge: z.union([of('judge(task)'), z.looseObject({ open: of('open(host)') })]),
      }),
    )
    .default([]),
  presets: z.array(z.looseObject({ name, fields: z.looseObject({}) })).default([]),
  exporters: z
    .array(
      z.looseObject({
        name,
        from: z.enum(['cot', 'rejected', 'scored', 'levelled']),
        rows: of('rows'),
        about: of('about'),
      }),
    )
    .default([]),
  processors: z
    .array(
      z.strictObject({
        name,
        after: z.enum(['problems', 'graded', 'scored', 'admitted']),
        process: of('process(record)'),
      }),
    )
    .default([]),
});

const load = createRequire(import.meta.url);

/**
 * Loads a plugin by Node's own type stripping: TypeScript whose types can be taken out, without `await` at its top. Throws
 * an Error that says what is wrong with it, without its name.
 */
export const loadPlugin = (file: string): OpenPlugin => {
  const found = pluginIn(imported(file));
  return {
    ...{ name: found.name, version: found.version ?? '', file },
    domains: (found.domains ?? []).map(defineDomain),
    presets: found.presets ?? [],
    exporters: (found.exporters ?? []).map((exporter) => ({ ...exporter, columns: exporter.columns ?? null })),
    processors: found.processors ?? [],
  } as OpenPlugin;
};

const imported = (file: string): unknown => {
  try {
    return (load(file) as { readonly default?: unknown }).default;
  } catch (cause) {
    const { code, message, stack = '' } = cause as Error & { readonly code?: string };
    if (code === 'ERR_REQUIRE_ASYNC_MODULE')
      throw new Error('has an `await` at its top: do that in `open` or in a function', { cause });
    if (code === 'MODULE_NOT_FOUND' && message.includes(`'${file}'`)) throw new Error('is not there', { cause });
    throw new Error(`cannot be loaded: ${message.split('\n', 1)[0]}${lineIn(stack, file)}`, { cause });
  }
};

/** Where in the file it went wrong, as far as the stack knows. */
const lineIn = (stack: string, file: string): string => {
  const [, after = ''] = stack.split(`${file}:`, 2);
  const line = Number.parseInt(after, 10);
  return Number.isNaN(line) ? '' : ` (line ${line})`;
};

const pluginIn = (value: unknown): Plugin => {
  if (value === undefined) throw new Error('has no default export; a plugin is wanted there');
  const parsed = shape.safeParse(value);
  if (parsed.success) return value as Plugin;
  const [issue] = parsed.error.issues;
  throw new Error(`${issue?.path.join('.') || 'the default export'}: ${issue?.message}`);
};
