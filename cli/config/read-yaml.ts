import { readFileSync } from 'node:fs';
import { type Document, type LineCounter, visit, type YAMLParseError } from 'yaml';
import { UsageError } from './error.ts';
import { parseYaml } from './yaml.ts';

/** Reads the file as YAML, keeping the places of its keys. Throws a UsageError with file and line. */
export const readYaml = (file: string, lines: LineCounter): Document => {
  const document = parseYaml(readConfig(file), lines);
  const [broken] = document.errors;
  if (broken) throw new UsageError(`${file}:${broken.linePos?.[0].line ?? 1}: not valid YAML: ${yamlFault(broken)}`);
  if (document.contents === null) throw new UsageError(`${file}: is empty; \`sluice init\` writes one to start from`);
  return document;
};

const readConfig = (file: string): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      throw new UsageError(`${file}: is not UTF-8; convert it (iconv -t UTF-8), or check that it is the right file`);
    if (code === 'ENOENT')
      throw new UsageError(`${file}: no such file; \`sluice init\` writes one to start from, -c names another`);
    if (code === 'EISDIR') throw new UsageError(`${file}: is a folder; -c wants the file in it`);
    throw new UsageError(`${file}: cannot be read (${code}); check its permissions`);
  }
};

/** What the parser says, in the user's terms. */
const yamlFault = ({ code, message }: YAMLParseError): string => {
  if (code === 'MULTIPLE_DOCS') return 'a second document begins here (---); one is wanted';
  if (message.includes('call stack')) return 'nested too deeply';
  return (message.split('\n')[0] ?? '').replace(/:$/, '');
};

/** Throws where an alias has no anchor, and where aliases would grow the file beyond measure. */
export const plainValue = (document: Document, lines: LineCounter, file: string): unknown => {
  visit(document, {
    Alias: (_, alias) => {
      if (alias.resolve(document)) return;
      const line = lines.linePos(alias.range?.[0] ?? 0).line;
      throw new UsageError(`${file}:${line}: *${alias.source}: there is no anchor &${alias.source} before it`);
    },
  });
  try {
    return document.toJS();
  } catch (error) {
    throw new UsageError(`${file}: cannot be resolved: ${(error as Error).message}; write it without so many aliases`);
  }
};
