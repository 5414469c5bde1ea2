import { z } from 'zod';
import { configSchema } from './schema.ts';

interface Node {
  const?: unknown;
  properties?: Record<string, Node>;
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
  let nodes = expand(configJsonSchema() as Node, here);
  for (const part of path) {
    here = (here as Record<PropertyKey, unknown> | undefined)?.[part];
    nodes = nodes.flatMap((node) => {
      const next = typeof part === 'number' ? node.items : node.properties?.[String(part)];
      return next ? expand(next, here) : [];
    });
  }
  return [...new Set(nodes.flatMap((node) => Object.keys(node.properties ?? {})))];
};

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
