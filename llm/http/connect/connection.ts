import { LlmError } from '../../errors.ts';
import type { EndpointSettings } from '../../settings.ts';
import type { Connection } from './sdk-connection.ts';

export type { Answer, Connection } from './sdk-connection.ts';

/**
 * Opened with its first request: a process that asks no model does without the SDK, a third of what a start loads.
 * Throws an LlmError `endpoint-invalid` for a URL, a key or a header that no request can carry.
 */
export const connect = (settings: EndpointSettings): Connection => {
  const clean = { ...settings, ...refuseUnsendable(settings) };
  let opened: Promise<Connection> | undefined;
  const open = (): Promise<Connection> => {
    opened ??= import('./sdk-connection.ts').then(({ connectSdk }) => connectSdk(clean));
    return opened;
  };
  return {
    post: async (path, body, signal) => (await open()).post(path, body, signal),
    get: async (path, signal) => (await open()).get(path, signal),
    opened: open,
    upload: async (path, fields, file, signal) => (await open()).upload(path, fields, file, signal),
    close: async () => (await opened)?.close(),
  };
};

const refuseUnsendable = ({ baseUrl, model, apiKey, headers }: EndpointSettings) => {
  if (!/^https?:$/.test(URL.parse(baseUrl)?.protocol ?? ''))
    throw new LlmError('endpoint-invalid', `baseUrl ${JSON.stringify(baseUrl)} of ${model} is no http or https URL`);
  const sendable = (name: string, value: string) => refuseUnsendableText(`${name} of ${model}`, value.trim());
  return {
    apiKey: apiKey === undefined ? undefined : bare(sendable('apiKey', apiKey), model),
    headers:
      headers &&
      Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, sendable(`header ${name}`, value)])),
  };
};

/** Files for the environment are read with their quotes by some, and pages show keys behind the word that is added here. */
const bare = (key: string, model: string): string => {
  const stray = /^(["'`]).*\1$/.test(key)
    ? 'quotes'
    : /^bearer\s/i.test(key)
      ? 'the word Bearer, which is added'
      : null;
  if (stray === null) return key;
  throw new LlmError('endpoint-invalid', `apiKey of ${model} holds ${stray}: set it anew without`);
};

/** A line end at the end of a key comes from a file with CR LF, curly quotes from a word processor. */
const refuseUnsendableText = (what: string, value: string): string => {
  const stray = /[^\x21-\x7e ]/u.exec(value)?.[0];
  if (stray === undefined) return value;
  const code = stray.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
  throw new LlmError(
    'endpoint-invalid',
    `${what} holds the character U+${code}, which no request can carry: set it anew`,
  );
};
