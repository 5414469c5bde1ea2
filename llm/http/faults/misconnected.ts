import { EndpointFault } from '../../endpoint-fault.ts';
import { LlmError } from '../../errors.ts';
import type { EndpointSettings } from '../../settings.ts';

/**
 * What a connection that came about and was no good says of the settings: no waiting brings another certificate or
 * protocol. Null for every other end of a connection.
 */
export const misconnected = (
  error: unknown,
  { baseUrl, model }: Pick<EndpointSettings, 'baseUrl' | 'model'>,
): EndpointFault | LlmError | null => {
  if (!(error instanceof Error)) return null;
  const { code } = error as { code?: unknown };
  const name = typeof code === 'string' ? code : '';
  const where = `${baseUrl} (model ${model})`;
  if (distrusted.test(name))
    return new LlmError(
      'endpoint-invalid',
      `${where} shows a certificate that is not trusted (${name}): name your own authority's file by NODE_EXTRA_CA_CERTS`,
    );
  if (name === 'ERR_SSL_WRONG_VERSION_NUMBER' || (name === 'EPROTO' && /wrong version number/i.test(error.message)))
    return new LlmError('endpoint-invalid', `${where} speaks no TLS: write http:// in baseUrl`);
  const byProxy = /^Proxy (?:response|Authentication Required) \((\d{3})\)/.exec(error.message)?.[1];
  if (byProxy === '407')
    return new LlmError(
      'unauthorized',
      `the proxy on the way to ${where} wants a login: see HTTP_PROXY and HTTPS_PROXY`,
    );
  if (byProxy === '403')
    return new LlmError('endpoint-invalid', `the proxy lets nobody through to ${where}: see HTTPS_PROXY and NO_PROXY`);
  if (error.name === 'HTTPParserError')
    return new EndpointFault('malformed', `${where} answers, but not in HTTP: check the port in baseUrl`);
  return null;
};

const distrusted = /^(?:DEPTH_ZERO_)?SELF_SIGNED_CERT|^UNABLE_TO_(?:VERIFY|GET_ISSUER)|^CERT_|^ERR_TLS_CERT_ALTNAME/;
