import { Agent, EnvHttpProxyAgent } from 'undici';
import { describe, expect, it } from 'vitest';
import { dispatcherFor } from '../../../../llm/http/connect/dispatcher.ts';

type Environment = Parameters<typeof dispatcherFor>[2];

describe('a proxy that the environment names', () => {
  it.each<[string, string, Environment]>([
    ['with its scheme', 'http://models.test/v1', { HTTP_PROXY: 'http://proxy.test:3128' }],
    ['without it', 'http://models.test/v1', { http_proxy: 'proxy.test:3128' }],
    ['for TLS', 'https://models.test/v1', { HTTPS_PROXY: 'http://proxy.test:3128' }],
    ['beside a range without the host', 'http://11.1.2.3/v1', { HTTP_PROXY: 'proxy.test', NO_PROXY: '10.0.0.0/8' }],
    ['beside what is no range', 'http://10.1.2.3/v1', { HTTP_PROXY: 'proxy.test', NO_PROXY: '10.0.0.0/99, /8, 1.2/8' }],
  ])('is used: %s', (_how, baseUrl, environment) => {
    expect(dispatcherFor(1, baseUrl, environment)).toBeInstanceOf(EnvHttpProxyAgent);
  });

  it.each<[string, string, Environment]>([
    ['none', 'http://models.test/v1', {}],
    ['an empty one', 'http://models.test/v1', { HTTP_PROXY: '' }],
    ['one for TLS alone', 'http://models.test/v1', { HTTPS_PROXY: 'socks5://proxy.test:1080' }],
    ['a range with the host', 'http://10.1.2.3/v1', { HTTP_PROXY: 'proxy.test', NO_PROXY: 'localhost,10.0.0.0/8' }],
    ['a range of the sixth version', 'http://[fd00::1]:8000/v1', { http_proxy: 'proxy.test', no_proxy: 'fd00::/8' }],
  ])('is not used: %s', (_how, baseUrl, environment) => {
    expect(dispatcherFor(1, baseUrl, environment)).toBeInstanceOf(Agent);
  });

  it('is refused where it is no URL of HTTP, by its name alone', () => {
    const environment = { HTTP_PROXY: 'socks5://me:hunter2@proxy.test:1080' };
    expect(() => dispatcherFor(1, 'http://models.test/v1', environment)).toThrow(/^HTTP_PROXY .* set it anew$/);
  });
});
