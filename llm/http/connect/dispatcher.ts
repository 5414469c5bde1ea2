import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici';

/**
 * The pool of connections to one endpoint: as many as calls may be in flight, without time-outs of its own. Where the
 * environment names a proxy (HTTP_PROXY, HTTPS_PROXY; NO_PROXY for the hosts that are reached without), it is used.
 */
export const dispatcherFor = (
  connections: number,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Dispatcher => {
  const options = { connections, headersTimeout: 0, bodyTimeout: 0 };
  return hasProxy(environment) ? new EnvHttpProxyAgent(options) : new Agent(options);
};

const proxies = ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy'];

const hasProxy = (environment: Readonly<Record<string, string | undefined>>): boolean =>
  proxies.some((name) => Boolean(environment[name]));
