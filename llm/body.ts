import { EndpointFault } from './faults.ts';
import type { Alive } from './watchdog.ts';

/** Largest answer that is read: far above any model's, far below what harms the process. */
export const maxBodyBytes = 64 * 1024 * 1024;

/** Reads a body piece by piece into `take`; rejects with a fault where it is larger than any answer. */
export const readBody = async (response: Response, alive: Alive, take: (text: string) => void): Promise<void> => {
  const decoder = new TextDecoder();
  let length = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    length += chunk.byteLength;
    if (length > maxBodyBytes) throw new EndpointFault('malformed', `an answer of more than ${maxBodyBytes} bytes`);
    alive(!isBlank(chunk));
    take(decoder.decode(chunk, { stream: true }));
  }
  take(decoder.decode());
};

/** The whole body as text. Blank lines that a server sends to hold the connection do no harm: JSON skips them. */
export const readText = async (response: Response, alive: Alive): Promise<string> => {
  alive(true);
  if (Number(response.headers.get('content-length') ?? Number.POSITIVE_INFINITY) <= maxBodyBytes)
    return response.text();
  const parts: string[] = [];
  await readBody(response, alive, (text) => parts.push(text));
  return parts.join('');
};

/** White space and event-stream comments carry nothing. Only short chunks are looked at: keep-alives are short. */
const isBlank = (chunk: Uint8Array): boolean => {
  if (chunk.byteLength > 256) return false;
  const text = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1').trim();
  return text === '' || (text.startsWith(':') && !text.includes('data:'));
};
