import { z } from 'zod';
import { configSchema } from './schema.ts';

interface Node {
  type?: string;
  const?: unknown;
  properties?: Record<string, Node>;
  additionalProperties?: Node | boolean;
  items?: Node;
  anyOf?: Node[];
  oneOf?: Node[];
  allOf?: Node[];
}

/** The JSON Schema of `sluice.yaml`. */
export const configJsonSchema = (): object => z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' });

/** Keys that are allowed at this path: those of the kind that the value names, else of every branch of a union. */
export const knownKeys = (path: readonly PropertyKey[], value: unknown): string[] => {
  let here = value;
  let nodes = expand(rootOf(), here);
  for (const part of path) {
    here = (here as Record<PropertyKey, unknown> | undefined)?.[part];
    nodes = nodes.flatMap((node) => {
      const next = typeof part === 'number' ? node.items : node.properties?.[String(part)];
      return next ? expand(next, here) : [];
    });
  }
  return [...new Set(nodes.flatMap((node) => Object.keys(node.properties ?? {})))];
};

/** Whether nothing but a text can stand at this path. */
export const isText = (path: readonly string[]): boolean => {
  let nodes = expand(rootOf(), undefined);
  for (const part of path)
    nodes = nodes.flatMap((node) => below(node, part)).flatMap((node) => expand(node, undefined));
  const types = nodes.flatMap(({ type }) => type ?? []);
  return types.length > 0 && types.every((type) => type === 'string');
};

const below = ({ properties, additionalProperties: others, items }: Node, part: string): Node[] => {
  const next = properties?.[part] ?? (/^\d+$/.test(part) ? items : undefined) ?? others;
  return typeof next === 'object' ? [next] : [];
};

/** Made once: it takes as long as all else that reads a configuration. */
const rootOf = (() => {
  let root: Node | undefined;
  return (): Node => {
    root ??= configJsonSchema() as Node;
    return root;
  };
})();

const expand = (node: Node, value: unknown): Node[] => {
  const branches = [...(node.anyOf ?? []), ...(node.oneOf ?? []), ...(node.allOf ?? [])];
  return [
    node,
    ...ofItsKind(
      branches.flatMap((branch) => expand(branch, value)),
      value,
    ),
  ];
};

const ofItsKind = (nodes: Node[], value: unknown): Node[] => {
  const kind = (value as { kind?: unknown } | null | undefined)?.kind;
  const fitting = nodes.filter((node) => kind !== undefined && node.properties?.kind?.const === kind);
  return fitting.length > 0 ? fitting : nodes;
};
