import { type Document, isSeq } from 'yaml';
import { UsageError } from './error.ts';
import { parseYaml } from './yaml.ts';

/**
 * Puts `key=value` of the command line into the document. Gives the path that it overrides; throws a UsageError, which
 * does not tell the value: it may be a secret.
 */
export const override = (document: Document, set: string): string[] => {
  const at = set.indexOf('=');
  if (at < 1) throw new UsageError(`--set ${set}: wants key=value, such as --set target.records=500`);
  const path = set.slice(0, at).split('.');
  refuseGap(document, path);
  const value = readValue(set.slice(at + 1), path);
  try {
    document.setIn(
      path.map((part) => (/^\d+$/.test(part) ? Number(part) : part)),
      value,
    );
  } catch {
    throw new UsageError(`--set ${path.join('.')}: ${path.slice(0, -1).join('.')} is not a group of keys`);
  }
  return path;
};

/** YAML, or a prompt that begins with its place for the statement, which YAML would take for a group: `{statement} …`. */
const readValue = (text: string, path: readonly string[]): unknown => {
  const brace = text.trimStart().startsWith('{');
  if (brace && !text.includes(':')) return text;
  const parsed = parseYaml(text);
  if (parsed.errors.length === 0) return parsed.toJS();
  if (brace) return text;
  throw new UsageError(`--set ${path.join('.')}: the value is not valid YAML`);
};

/** A list has no holes. */
const refuseGap = (document: Document, path: readonly string[]): void => {
  for (const [index, part] of path.entries()) {
    const list = document.getIn(path.slice(0, index), true);
    if (!isSeq(list) || !/^\d+$/.test(part) || Number(part) <= list.items.length) continue;
    const name = path.slice(0, index).join('.');
    throw new UsageError(`--set ${path.join('.')}: ${name} ends with ${name}.${list.items.length - 1}`);
  }
};
