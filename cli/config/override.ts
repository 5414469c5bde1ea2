import { type Document, isSeq } from 'yaml';
import { isText } from '../../flow/settings/known-keys.ts';
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

/** YAML; where only a text can stand, what YAML takes for something else is the text: `{statement} …`, `Solve: …`. */
const readValue = (text: string, path: readonly string[]): unknown => {
  const parsed = parseYaml(text);
  const value: unknown = parsed.errors.length === 0 ? parsed.toJS() : undefined;
  const isNothing = value === null && /^(~|null)?$/i.test(text.trim());
  if (typeof value !== 'string' && !isNothing && isText(path)) return text;
  if (!isTexts(value) && isText([...path, 'any']))
    throw new UsageError(`--set ${path.join('.')}: holds texts by name: --set ${path.join('.')}.NAME=…`);
  if (parsed.errors.length === 0) return value;
  throw new UsageError(`--set ${path.join('.')}: the value is not valid YAML`);
};

const isTexts = (value: unknown): boolean =>
  value === null || (typeof value === 'object' && Object.values(value).every((one) => typeof one === 'string'));

/** A list has no holes. */
const refuseGap = (document: Document, path: readonly string[]): void => {
  for (const [index, part] of path.entries()) {
    const list = document.getIn(path.slice(0, index), true);
    if (!isSeq(list) || !/^\d+$/.test(part) || Number(part) <= list.items.length) continue;
    const name = path.slice(0, index).join('.');
    throw new UsageError(`--set ${path.join('.')}: ${name} ends with ${name}.${list.items.length - 1}`);
  }
};
