import { EndpointFault } from '../../endpoint-fault.ts';
import type { Answer } from '../connect/connection.ts';
import type { Alive } from './watchdog.ts';

/** Largest answers that are read, far above any model's, far below what harms the process. A stream wraps each token. */
export const maxPlainBytes = 16 * 1024 * 1024;
export const maxStreamBytes = 128 * 1024 * 1024;

/** Reads a body piece by piece into `take`; rejects with a fault where it is larger than `maxBytes`. */
export const readBody = async (
  answer: Answer,
  maxBytes: number,
  alive: Alive,
  take: (text: string) => void,
): Promise<void> => {
  const decoder = new TextDecoder();
  let length = 0;
  for await (const chunk of answer.body) {
    length += chunk.byteLength;
    if (length > maxBytes) throw new EndpointFault('malformed', `an answer of more than ${maxBytes} bytes`);
    alive(!isBlank(chunk));
    take(decoder.decode(chunk, { stream: true }));
  }
  take(decoder.decode());
};

/** The whole body as text. Blank lines that a server sends to hold the connection do no harm: JSON skips them. */
export const readText = async (answer: Answer, alive: Alive): Promise<string> => {
  alive(true);
  if (isKnownSmall(answer)) return answer.text();
  const parts: string[] = [];
  await readBody(answer, maxPlainBytes, alive, (text) => parts.push(text));
  return parts.join('');
};

/** A length that is given before compression says nothing about what comes out of it. */
const isKnownSmall = ({ headers }: Answer): boolean =>
  !headers.has('content-encoding') &&
  Number(headers.get('content-length') ?? Number.POSITIVE_INFINITY) <= maxPlainBytes;

/** White space and event-stream comments carry nothing. Only short chunks are looked at: keep-alives are short. */
const isBlank = (chunk: Uint8Array): boolean => {
  if (chunk.byteLength > 256) return false;
  const text = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1').trim();
  return text === '' || (text.startsWith(':') && !text.includes('data:'));
};
