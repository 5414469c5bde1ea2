import { z } from 'zod';
import { configSchema } from './schema.ts';

interface Node {
  properties?: Record<string, Node>;
  items?: Node;
  anyOf?: Node[];
  oneOf?: Node[];
  allOf?: Node[];
}

/** The JSON Schema of `sluice.yaml`. */
export const configJsonSchema = (): object => z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' });

/** Keys that are allowed at this path, whatever branch of a union the file takes. */
export const knownKeys = (path: readonly PropertyKey[]): string[] => {
  let nodes = expand(configJsonSchema() as Node);
  for (const part of path) {
    nodes = nodes.flatMap((node) => {
      const next = typeof part === 'number' ? node.items : node.properties?.[String(part)];
      return next ? expand(next) : [];
    });
  }
  return [...new Set(nodes.flatMap((node) => Object.keys(node.properties ?? {})))];
};

const expand = (node: Node): Node[] => [
  node,
  ...[...(node.anyOf ?? []), ...(node.oneOf ?? []), ...(node.allOf ?? [])].flatMap(expand),
];
