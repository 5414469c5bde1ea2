/**
 * Writes `generated/types.ts` from the .avsc files: `npm run generate`; and `node schemas/generate.ts release` keeps
 * today's schemas as a released version.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import type { Schema } from 'avsc';
import { releasedSchemas, todaysSchemas, typesOf } from './schemas.ts';

const here = import.meta.dirname;
/** The text of the generated types. */
export const generate = (): string => {
  const head = '// Generated from the .avsc files by `npm run generate`; not to be edited.\n';
  const types = Object.values(typesOf(todaysSchemas()));
  const whole = types.map((type) => type.schema({ exportAttrs: true, noDeref: false }));
  return `${head}\n${declarationsOf(whole).join('\n\n')}\n`;
};

interface RecordSchema {
  name: string;
  doc?: string;
  fields: { name: string; type: unknown; doc?: string }[];
}

const declarationsOf = (roots: readonly Schema[]): string[] => {
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

/** JSON with one schema a line. */
const linesOf = (schemas: Record<string, Schema>): string =>
  `{\n${Object.entries(schemas)
    .map(([name, schema]) => `  ${JSON.stringify(name)}: ${JSON.stringify(schema)}`)
    .join(',\n')}\n}\n`;

if (import.meta.main) {
  if (process.argv[2] === 'release') {
    const version = releasedSchemas().length + 1;
    writeFileSync(`${here}/released/${version}.json`, linesOf(todaysSchemas()));
  }
  mkdirSync(`${here}/generated`, { recursive: true });
  writeFileSync(`${here}/generated/types.ts`, generate());
}
