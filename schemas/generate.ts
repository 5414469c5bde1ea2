/**
 * Writes `generated/types.ts` and `generated/schemas.ts` from the .avsc files and the released history:
 * `npm run generate`, and `node schemas/generate.ts release` keeps today's schemas as a released version.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import avsc, { type Schema, type Type } from 'avsc';

const here = import.meta.dirname;
/** In an order in which every name is defined before it is used. */
export const recordNames = [
  'problem',
  'graded',
  'scored',
  'levelled',
  'admitted',
  'cot',
  'rejected',
  'outcome',
  'control',
  'dead-letter',
  'journal-entry',
] as const;

/** Today's schemas, each whole (names resolved), by file name. */
export const resolveSchemas = (): Record<string, Schema> => {
  const registry = {};
  return Object.fromEntries(
    recordNames.map((name) => {
      const schema = JSON.parse(readFileSync(`${here}/${name}.avsc`, 'utf8'));
      return [name, avsc.Type.forSchema(schema, { registry }).schema({ exportAttrs: true, noDeref: false })];
    }),
  );
};

/** The text of both generated files. */
export const generate = (): Record<string, string> => {
  const head = '// Generated from the .avsc files by `npm run generate`; not to be edited.\n';
  const schemas = resolveSchemas();
  return {
    'types.ts': `${head}\n${typesOf(Object.values(schemas)).join('\n\n')}\n`,
    'schemas.ts': [
      `${head}import type { Schema } from 'avsc';`,
      `export const schemas = ${JSON.stringify(schemas, null, 2)} satisfies Record<string, Schema>;`,
      `/** Every version that was ever released, so that its bytes can be read for good. */`,
      `export const released: readonly Record<string, Schema>[] = ${JSON.stringify(releasedSchemas(), null, 2)};\n`,
    ].join('\n\n'),
  };
};

const releasedSchemas = (): Record<string, Schema>[] =>
  readdirSync(`${here}/released`)
    .filter((file) => file.endsWith('.json'))
    .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
    .map((file) => JSON.parse(readFileSync(`${here}/released/${file}`, 'utf8')));

interface RecordSchema {
  name: string;
  doc?: string;
  fields: { name: string; type: unknown; doc?: string }[];
}

const typesOf = (roots: readonly Schema[]): string[] => {
  const seen = new Map<string, string>();
  for (const root of roots) typeText(root, seen);
  return [...seen.values()];
};

/** The TypeScript of one schema; named types are collected in `seen` and referred to by name. */
const typeText = (schema: unknown, seen: Map<string, string>): string => {
  if (typeof schema === 'string') return primitives[schema] ?? shortName(schema);
  if (Array.isArray(schema))
    return schema
      .map((branch) => typeText(branch, seen))
      .reverse()
      .join(' | ');
  const node = schema as { type: string; name?: string; items?: unknown; symbols?: string[] };
  if (node.type === 'array') return `readonly ${bracketed(typeText(node.items, seen))}[]`;
  if (node.type === 'enum') return declare(shortName(node.name), enumText(node.symbols ?? []), seen);
  if (node.type === 'record') return recordText(schema as RecordSchema, seen);
  return typeText(node.type, seen);
};

const recordText = (record: RecordSchema, seen: Map<string, string>): string => {
  const name = shortName(record.name);
  const fields = record.fields.map(
    (field) => `${docText(field.doc, '  ')}  readonly ${field.name}: ${typeText(field.type, seen)};`,
  );
  seen.set(name, `${docText(record.doc)}export interface ${name} {\n${fields.join('\n')}\n}`);
  return name;
};

const declare = (name: string, text: string, seen: Map<string, string>): string => {
  seen.set(name, `export type ${name} = ${text};`);
  return name;
};

const enumText = (symbols: readonly string[]): string => symbols.map((symbol) => `'${symbol}'`).join(' | ');
const docText = (doc: string | undefined, indent = ''): string => (doc ? `${indent}/** ${doc} */\n` : '');
const bracketed = (text: string): string => (text.includes('|') ? `(${text})` : text);
const shortName = (name: string | undefined): string => (name ?? '').split('.').at(-1) ?? '';
const primitives: Record<string, string> = {
  null: 'null',
  string: 'string',
  boolean: 'boolean',
  int: 'number',
  long: 'number',
  double: 'number',
  bytes: 'Uint8Array',
};

export type { Type };

if (import.meta.main) {
  if (process.argv[2] === 'release') {
    const version = releasedSchemas().length + 1;
    writeFileSync(`${here}/released/${version}.json`, `${JSON.stringify(resolveSchemas(), null, 2)}\n`);
  }
  mkdirSync(`${here}/generated`, { recursive: true });
  for (const [file, text] of Object.entries(generate())) writeFileSync(`${here}/generated/${file}`, text);
}
