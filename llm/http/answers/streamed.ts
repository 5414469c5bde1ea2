import { EndpointFault } from '../../endpoint-fault.ts';
import { refuseErrorBody } from '../faults/error-body.ts';
import type { Completion } from './completion.ts';
import { isUnfinished } from './finish.ts';
import { beginning, fieldsOf, isJson, readJson } from './json.ts';
import { type RawMessage, readMessage } from './message.ts';
import { type Said, saidIn } from './usage.ts';

/** What is read of one piece; of its choices the first alone, however many there are. */
interface Chunk {
  readonly choice: Readonly<Record<string, unknown>> | null;
  readonly usage: Said | null;
  readonly fingerprint: string | null;
}

/** A streamed answer as it comes in. */
export interface Gathered {
  /** Takes the data of one event. Throws a fault, or an error that the server sent in the place of an answer. */
  take(data: string): void;
  /** Whether the model has stopped: whatever comes now, or does not, takes nothing from the answer. */
  readonly isWhole: boolean;
  /** Whether the server has said that nothing more comes. */
  readonly isOver: boolean;
  /** The form of a plain answer; throws a fault where the stream was cut. */
  completion(): Completion;
}

/**
 * Gathers a streamed answer. `counted` is called with the number of tokens so far (one a piece, or one in three
 * characters if that is more), so that a cancelled answer can be paid for what it made. At `most` it is cut off.
 */
export const gather = (counted: (tokens: number) => void, most = Number.POSITIVE_INFINITY): Gathered => {
  const texts = { content: [] as string[], beside: [] as string[], refusal: [] as string[] };
  const so = { pieces: 0, characters: 0, finish: null as unknown, over: false };
  const end = { usage: null as Said | null, fingerprint: null as string | null };

  const keep = (parts: string[], piece: string): void => {
    if (piece === '') return;
    parts.push(piece);
    so.characters += piece.length;
    const tokens = Math.max(++so.pieces, Math.ceil(so.characters / 3));
    counted(tokens);
    if (tokens <= most) return;
    so.finish ??= 'length';
    so.over = true;
  };

  /** A message that begins with all that came is the whole so far, and no further piece. */
  const anew = ({ content, beside }: RawMessage): void => {
    for (const [parts, whole] of [
      [texts.content, content],
      [texts.beside, beside],
    ] as const)
      if (parts.length > 0 && whole.startsWith(parts.join(''))) parts.length = 0;
  };

  const add = ({ choice, usage, fingerprint }: Chunk): void => {
    end.usage = usage ?? end.usage;
    end.fingerprint = fingerprint ?? end.fingerprint;
    if (choice === null || Number(choice.index ?? 0) !== 0 || so.finish !== null) return;
    if (choice.delta === undefined) anew(readMessage(choice.message));
    // Servers of completions stream texts.
    const { content, beside, refusal } = readMessage(choice.delta ?? choice.message ?? { content: choice.text });
    keep(texts.content, content);
    keep(texts.beside, beside);
    keep(texts.refusal, refusal);
    if (!isUnfinished(choice.finish_reason)) so.finish ??= choice.finish_reason;
  };

  // A server that says that it is done without saying why was not cut off.
  const isWhole = (): boolean => so.finish !== null || (so.over && so.pieces > 0);

  return {
    take(data) {
      const said = data.length < 100 ? data.trim() : data;
      if (so.over || nothing.test(said)) return;
      if (done.test(said)) {
        so.over = true;
        return;
      }
      try {
        for (const chunk of chunksIn(data))
          if (chunk === 'done') so.over = true;
          else add(chunk);
      } catch (error) {
        if (so.finish === null) throw error;
      }
    },
    get isWhole() {
      return isWhole();
    },
    get isOver() {
      return so.over;
    },
    completion() {
      const text = (parts: string[]) => parts.join('');
      if (!isWhole()) throw new EndpointFault('connection', 'the stream ended in the middle of an answer');
      const message = { content: text(texts.content), beside: text(texts.beside), refusal: text(texts.refusal) };
      return { finish: so.finish, message, ...end };
    },
  };
};

const done = /^"?\[?done\]?"?$/i;

/** What servers send to hold a connection. */
const nothing = /^(?:|null|""|\[?"?(?:ping|heartbeat|keep-?alive|start)"?\]?)$/i;

/** The pieces in one event: one, but for servers that part events by a single line break. */
const chunksIn = (data: string): (Chunk | 'done')[] => {
  const lines = data.includes('\n') && !isJson(data) ? data.split('\n').filter((line) => line.trim() !== '') : [data];
  return lines.map((line) => (done.test(line.trim()) ? 'done' : readChunk(line)));
};

const readChunk = (data: string): Chunk => {
  const value = readJson(data);
  refuseErrorBody(value);
  const chunk = chunkIn(value);
  if (chunk !== null) return chunk;
  throw new EndpointFault('malformed', `not a piece of an answer: ${beginning(data)}`);
};

/** By hand, not by a schema: a stream has as many pieces as tokens. */
const chunkIn = (value: unknown): Chunk | null => {
  const fields = fieldsOf(value);
  if (fields === null) return null;
  const { choices, system_fingerprint: fingerprint } = fields;
  if (!isNone(choices) && !Array.isArray(choices)) return null;
  const first: unknown = choices?.[0];
  const choice = fieldsOf(first);
  if (choice === null && !isNone(first)) return null;
  return {
    choice,
    // Groq puts it there.
    usage: saidIn(fields.usage) ?? saidIn(fieldsOf(fields.x_groq)?.usage),
    fingerprint: typeof fingerprint === 'string' ? fingerprint : null,
  };
};

const isNone = (value: unknown): value is null | undefined => value === null || value === undefined;
