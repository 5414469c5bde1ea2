import { BlockList, isIP } from 'node:net';
import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici';
import { LlmError } from '../../errors.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The pool of connections to one endpoint: as many as calls may be in flight, without time-outs of its own. Where the
 * environment names a proxy (HTTP_PROXY, HTTPS_PROXY; NO_PROXY for the hosts that are reached without, ranges of
 * addresses among them), it is used. Throws an LlmError `endpoint-invalid` for a proxy that is no URL.
 */
export const dispatcherFor = (
  connections: number,
  baseUrl: string,
  environment: Environment = process.env,
): Dispatcher => {
  const options = { connections, headersTimeout: 0, bodyTimeout: 0 };
  const { protocol, hostname } = new URL(baseUrl);
  const proxy = (protocol === 'https:' && proxyIn(environment, 'https_proxy')) || proxyIn(environment, 'http_proxy');
  const noProxy = environment.no_proxy ?? environment.NO_PROXY ?? '';
  if (proxy === '' || isInRange(hostname, noProxy)) return new Agent(options);
  return new EnvHttpProxyAgent({ ...options, httpProxy: proxy, httpsProxy: proxy, noProxy });
};

/** A proxy's URL; many leave its `http://` out. */
const proxyIn = (environment: Environment, name: string): string => {
  const set = (environment[name] ?? environment[name.toUpperCase()] ?? '').trim();
  const url = set === '' || /^\w+:\/\//.test(set) ? set : `http://${set}`;
  if (url === '' || /^https?:$/.test(URL.parse(url)?.protocol ?? '')) return url;
  throw new LlmError(
    'endpoint-invalid',
    `${name.toUpperCase()} of the environment is no http or https URL: set it anew`,
  );
};

/** Whether a host is an address in one of the ranges (`10.0.0.0/8`) of a list; names are undici's. */
const isInRange = (host: string, list: string): boolean => {
  const address = host.replace(/^\[(.*)\]$/, '$1');
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  if (isIP(address) === 0) return false;
  const ranges = new BlockList();
  for (const range of list.split(/[\s,]/)) {
    const [net = '', bits = ''] = range.split('/');
    const size = isIP(net) === 4 ? 32 : isIP(net) === 6 ? 128 : -1;
    if (/^\d{1,3}$/.test(bits) && Number(bits) <= size)
      ranges.addSubnet(net, Number(bits), size === 32 ? 'ipv4' : 'ipv6');
  }
  return ranges.check(address, family);
};
