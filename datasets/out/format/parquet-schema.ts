import type { SchemaElement } from 'hyparquet';

/** A column of a Parquet export with what is inside it, in the order of Parquet's flat schema. */
export interface Column {
  readonly name: string;
  readonly elements: readonly SchemaElement[];
}

export const stringColumn = (name: string): Column => ({ name, elements: [text(name)] });

export const integerColumn = (name: string): Column => ({ name, elements: [integer(name)] });

export const booleanColumn = (name: string): Column => ({
  name,
  elements: [{ name, type: 'BOOLEAN', repetition_type: 'OPTIONAL' }],
});

/** A list of `{ role, content }`. */
export const messagesColumn = (name: string): Column => ({
  name,
  elements: [
    { name, repetition_type: 'OPTIONAL', converted_type: 'LIST', num_children: 1 },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    { name: 'element', repetition_type: 'OPTIONAL', num_children: 2 },
    text('role'),
    text('content'),
  ],
});

/** A group of named values, each text or integer. */
export const structColumn = (name: string, fields: Readonly<Record<string, 'string' | 'integer'>>): Column => ({
  name,
  elements: [
    { name, repetition_type: 'OPTIONAL', num_children: Object.keys(fields).length },
    ...Object.entries(fields).map(([field, kind]) => (kind === 'string' ? text(field) : integer(field))),
  ],
});

export const schemaOf = (columns: readonly Column[]): SchemaElement[] => [
  { name: 'root', num_children: columns.length },
  ...columns.flatMap(({ elements }) => elements),
];

const text = (name: string): SchemaElement => ({
  name,
  type: 'BYTE_ARRAY',
  converted_type: 'UTF8',
  repetition_type: 'OPTIONAL',
});

const integer = (name: string): SchemaElement => ({ name, type: 'INT32', repetition_type: 'OPTIONAL' });
