import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
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
    return new TextDecoder('utf-8', { fatal: true }).decode(readRegular(file));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      throw new UsageError(`${file}: is not UTF-8; convert it (iconv -t UTF-8), or check that it is the right file`);
    if (code === 'ENOENT')
      throw new UsageError(`${file}: no such file; \`sluice init\` writes one to start from, -c names another`);
    throw new UsageError(`${file}: cannot be read (${code}); check its permissions`);
  }
};

/** Far beyond any configuration: prompts and rubrics stand in it, data does not. */
const MOST_BYTES = 4 * 1024 * 1024;

/** A device or a pipe would be waited for, or read until the memory ends. */
const readRegular = (file: string): Uint8Array => {
  const descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const found = fstatSync(descriptor);
    if (found.isDirectory()) throw new UsageError(`${file}: is a folder; -c wants the file in it`);
    if (!found.isFile()) throw new UsageError(`${file}: is a device or a pipe; -c wants a regular file`);
    const bytes = Buffer.alloc(MOST_BYTES + 1);
    let length = 0;
    for (let read = 1; read > 0 && length < bytes.length; length += read)
      read = readSync(descriptor, bytes, length, bytes.length - length, null);
    if (length <= MOST_BYTES) return bytes.subarray(0, length);
    throw new UsageError(
      `${file}: is larger than ${MOST_BYTES >> 20} MB, which no configuration is; check that it is the right file`,
    );
  } finally {
    closeSync(descriptor);
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
