import { StringDecoder } from 'node:string_decoder';
import { EndpointFault } from '../../endpoint-fault.ts';
import type { Answer } from '../connect/connection.ts';
import { isJson } from './json.ts';
import type { Alive } from './watchdog.ts';

/**
 * Largest answers that are read: above any model's, and below what harms the process. One that comes whole is parsed at
 * once, and holds up everything else meanwhile; a stream wraps each token.
 */
export const maxPlainBytes = 8 * 1024 * 1024;
export const maxStreamBytes = 128 * 1024 * 1024;

/** What the reader of a body knows about the end of it. */
export interface Ending {
  /** Whether everything that counts has come: what happens to the body from here on is no fault. */
  readonly isWhole: boolean;
  /** Whether nothing more is to come. */
  readonly isOver: boolean;
}

/** Milliseconds that a body gets to end by itself once nothing more is to come; its connection can be used again then. */
const graceful = 250;

/** Reads a body piece by piece into `take`; rejects with a fault where it is larger than `maxBytes`. */
export const readBody = async (
  answer: Answer,
  maxBytes: number,
  alive: Alive,
  take: (text: string) => void,
  ending: Ending = unending,
): Promise<void> => {
  const decoder = utf8Decoder();
  const chunks = answer.body[Symbol.asyncIterator]();
  let length = 0;
  let ended = false;
  let deadline: number | null = null;
  try {
    while (!ended) {
      if (ending.isOver) deadline ??= performance.now() + graceful;
      const { done, value } = await (deadline === null ? chunks.next() : before(deadline, chunks.next()));
      if (done) {
        ended = value !== late;
        break;
      }
      length += value.byteLength;
      if (length > maxBytes) throw new EndpointFault('malformed', `an answer of more than ${maxBytes} bytes`);
      alive(!isBlank(value));
      take(decoder.take(value));
    }
    take(decoder.end());
  } catch (error) {
    if (!ending.isWhole) throw error;
  } finally {
    if (!ended) answer.body.destroy?.();
  }
};

/** Bytes as text, without the mark that some begin with. A `TextDecoder` would hold a converter of its own for each body. */
const utf8Decoder = () => {
  const decoder = new StringDecoder('utf8');
  let begun = false;
  const unmarked = (text: string): string => {
    if (begun || text === '') return text;
    begun = true;
    return text.startsWith('\ufeff') ? text.slice(1) : text;
  };
  return {
    take: (bytes: Uint8Array): string => unmarked(decoder.write(bytes)),
    end: (): string => unmarked(decoder.end()),
  };
};

const late = Symbol('late');

const unending: Ending = { isWhole: false, isOver: false };

const before = async (
  deadline: number,
  next: Promise<IteratorResult<Uint8Array>>,
): Promise<IteratorResult<Uint8Array>> => {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<IteratorResult<Uint8Array>>((resolve) => {
    timer = setTimeout(() => resolve({ done: true, value: late }), Math.max(0, deadline - performance.now()));
  });
  next.catch(() => {});
  if (performance.now() >= deadline) return tooLate.finally(() => clearTimeout(timer));
  return Promise.race([next, tooLate]).finally(() => clearTimeout(timer));
};

/** The whole body as text. Blank lines that a server sends to hold the connection do no harm: JSON skips them. */
export const readText = async (answer: Answer, alive: Alive): Promise<string> => {
  alive(true);
  const parts: string[] = [];
  const ending: Ending = {
    get isWhole() {
      return isJson(parts.join(''));
    },
    isOver: false,
  };
  await readBody(answer, maxPlainBytes, alive, (text) => parts.push(text), ending);
  return parts.join('');
};

/** White space and event-stream comments carry nothing. Only short chunks are looked at: keep-alives are short. */
const isBlank = (chunk: Uint8Array): boolean => {
  if (chunk.byteLength > 256) return false;
  const text = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1').trim();
  return text === '' || (text.startsWith(':') && !text.includes('data:'));
};
