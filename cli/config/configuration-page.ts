/** Writes docs/configuration.md from the schema of `sluice.yaml`: part of `npm run generate`. */
import { writeFileSync } from 'node:fs';
import { configJsonSchema } from '../../flow/settings/known-keys.ts';

interface Node {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly additionalProperties?: Node | boolean;
  readonly items?: Node;
  readonly prefixItems?: readonly Node[];
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
  readonly allOf?: readonly Node[];
  readonly required?: readonly string[];
}

/** The page: a table for each section, a row for each key with its default and meaning. */
export const configurationPage = (): string => {
  const schema = configJsonSchema() as Node;
  const sections = Object.entries(schema.properties ?? {}).map(([name, node]) => section(name, node));
  return `${head}\n${sections.join('\n')}`;
};

const head = `# Every key of \`sluice.yaml\`

Made from the schema by \`npm run generate\`; \`sluice config schema\` prints the same for editors. A key overridden on the
command line is written by its path: \`--set target.records=500\`. What has no default may be left out, or is marked as
wanted.
`;

const section = (name: string, node: Node): string => {
  const rows = keysOf(node, name, 0);
  const table = rows.length === 0 ? [rowOf(name, node, false)] : rows;
  const about = node.description ? `\n${node.description}\n` : '';
  return `## \`${name}\`\n${about}\n| key | default | what |\n| --- | --- | --- |\n${[...new Set(table)].join('\n')}\n`;
};

/** Deeper keys are those of a section that stands elsewhere, or anybody's own. */
const DEEPEST = 4;

const keysOf = (node: Node, path: string, depth: number): string[] => {
  if (depth > DEEPEST) return [];
  const all = [...(node.anyOf ?? []), ...(node.oneOf ?? []), ...(node.allOf ?? [])];
  // One or a list of them: what one of a list may say tells both, under the name of one.
  const ofList = all.flatMap(({ items }) => (items?.properties ? [items] : []));
  const branches = ofList.length > 0 && all.some(({ properties }) => properties) ? ofList : all;
  const own = Object.entries(node.properties ?? {}).flatMap(([key, inner]) => {
    const deeper = keysOf(inner, `${path}.${key}`, depth + 1);
    const isGroup = deeper.length > 0 && inner.properties !== undefined;
    return [...(isGroup ? [] : [rowOf(`${path}.${key}`, inner, node.required?.includes(key) ?? false)]), ...deeper];
  });
  const named =
    typeof node.additionalProperties === 'object' ? keysOf(node.additionalProperties, `${path}.NAME`, depth + 1) : [];
  const listed = node.items ? keysOf(node.items, `${path}[]`, depth) : [];
  return [...own, ...named, ...listed, ...branches.flatMap((branch) => keysOf(branch, path, depth))];
};

const rowOf = (path: string, node: Node, isRequired: boolean): string => {
  const standing = node.default !== undefined ? code(JSON.stringify(node.default)) : isRequired ? 'wanted' : '';
  const what = [allowed(node), node.description].filter((text) => text).join('. ');
  return `| \`${path}\` | ${standing} | ${what.replaceAll('|', '\\|')} |`;
};

const code = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``;

const allowed = (node: Node): string => {
  if (node.const !== undefined) return code(String(node.const));
  if (node.enum) return node.enum.map((one) => code(String(one))).join(', ');
  const branches = [...(node.anyOf ?? []), ...(node.oneOf ?? [])];
  if (branches.length > 0) return [...new Set(branches.map(allowed))].filter(Boolean).join(' or ');
  if (node.items) return `a list${node.items.type === 'string' ? ' of texts' : ''}`;
  if (node.prefixItems) return `a list of ${node.prefixItems.length}`;
  return typeof node.type === 'string' ? (words[node.type] ?? node.type) : '';
};

const words: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  object: 'a group of keys',
  array: 'a list',
};

if (import.meta.main) writeFileSync('docs/configuration.md', configurationPage());
