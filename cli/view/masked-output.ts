import { maskBytesOf, maskOf } from '../../llm/mask.ts';

/**
 * From here on no secret leaves by stdout or stderr, whoever writes: the commands, the screen, a library, Node itself
 * with a stack trace. So it is the streams that mask, and not those who write; there is no other place that all pass.
 */
export const maskOutput = (secrets: readonly string[]): void => {
  if (secrets.length === 0) return;
  const mask = maskOf(secrets);
  const maskBytes = maskBytesOf(secrets);
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream) as (chunk: unknown, ...rest: unknown[]) => boolean;
    stream.write = (chunk: unknown, ...rest: unknown[]): boolean =>
      write(typeof chunk === 'string' ? mask(chunk) : maskBytes(chunk as Uint8Array), ...rest);
  }
};
