/** Whether nobody but this machine can reach a server that listens there. */
export const isLoopback = (host: string): boolean => LOOPBACK.test(host.includes(':') ? `[${host}]` : host);

/**
 * Whether a request to such a server was meant for it, by its `Host`: under another name it comes from a foreign page in a
 * browser of this machine that had its own name resolved to here.
 */
export const isMeantForLoopback = (host: string | undefined): boolean =>
  LOOPBACK.test(host?.replace(/:\d{1,5}$/, '') ?? '');

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;
