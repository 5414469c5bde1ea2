import { LlmError } from '../../errors.ts';
import type { EndpointSettings } from '../../settings.ts';
import type { Connection } from './sdk-connection.ts';

export type { Answer, Connection } from './sdk-connection.ts';

/** Opened with its first request: a process that asks no model does without the SDK, a third of what a start loads. */
export const connect = (settings: EndpointSettings): Connection => {
  refuseBadUrl(settings);
  let opened: Promise<Connection> | undefined;
  const open = (): Promise<Connection> => {
    opened ??= import('./sdk-connection.ts').then(({ connectSdk }) => connectSdk(settings));
    return opened;
  };
  return {
    post: async (path, body, signal) => (await open()).post(path, body, signal),
    get: async (path, signal) => (await open()).get(path, signal),
    close: async () => (await opened)?.close(),
  };
};

const refuseBadUrl = ({ baseUrl, model }: EndpointSettings): void => {
  if (/^https?:$/.test(URL.parse(baseUrl)?.protocol ?? '')) return;
  throw new LlmError('endpoint-invalid', `baseUrl ${JSON.stringify(baseUrl)} of ${model} is no http or https URL`);
};
