import type { Schema } from 'avsc';
import fc from 'fast-check';

/** Any record that a schema allows. Named types may be referred to after they were defined. */
export const arbitraryOf = (schema: Schema): fc.Arbitrary<unknown> => build(schema, new Map());

type Node = {
  type: string;
  name: string;
  items: unknown;
  symbols: string[];
  fields: { name: string; type: unknown }[];
};

const build = (schema: unknown, named: Map<string, fc.Arbitrary<unknown>>): fc.Arbitrary<unknown> => {
  if (typeof schema === 'string') return primitives[schema] ?? (named.get(short(schema)) as fc.Arbitrary<unknown>);
  if (Array.isArray(schema)) return fc.oneof(...schema.map((branch) => build(branch, named)));
  const node = schema as Node;
  if (node.type === 'array') return fc.array(build(node.items, named), { maxLength: 3 });
  if (node.type === 'enum') return keep(named, node.name, fc.constantFrom(...node.symbols));
  if (node.type !== 'record') return build(node.type, named);
  const fields = node.fields.map((field) => [field.name, build(field.type, named)] as const);
  return keep(named, node.name, fc.record(Object.fromEntries(fields)));
};

const keep = (named: Map<string, fc.Arbitrary<unknown>>, name: string, made: fc.Arbitrary<unknown>) => {
  named.set(short(name), made);
  return made;
};

const short = (name: string): string => name.split('.').at(-1) as string;

const primitives: Record<string, fc.Arbitrary<unknown>> = {
  null: fc.constant(null),
  boolean: fc.boolean(),
  int: fc.integer(),
  // avsc's bounds of what a double holds exactly: 2^53 - 2 above, -2^52 below.
  long: fc.maxSafeInteger().filter((long) => long >= -(2 ** 52) && long <= 2 ** 53 - 2),
  double: fc.double({ noNaN: true, noDefaultInfinity: true }),
  // Well-formed text: a lone surrogate has no UTF-8.
  string: fc.string({ unit: 'binary' }),
  bytes: fc.uint8Array().map((bytes) => Buffer.from(bytes)),
};
