import { EndpointFault } from '../../endpoint-fault.ts';
import type { Answer } from '../connect/connection.ts';
import { maxPlainBytes, maxStreamBytes, readBody } from './body.ts';
import { type Completion, readCompletion } from './completion.ts';
import { eventStream } from './event-stream.ts';
import { isJson } from './json.ts';
import { gather } from './streamed.ts';
import type { Alive } from './watchdog.ts';

/**
 * Reads the answer of a chat endpoint in whichever form it comes, by its looks and not by its content type: one JSON
 * object, or events. An answer that is whole is taken, whatever follows it: an error, other text, a reset, silence.
 * @param most tokens after which a stream is cut off: its server knows no limit
 */
export const readAnswer = async (
  answer: Answer,
  alive: Alive,
  counted: (tokens: number) => void,
  most: number,
): Promise<Completion> => {
  alive(true);
  const reader = answerReader(counted, most);
  await readBody(answer, maxStreamBytes, alive, reader.take, reader);
  return reader.completion();
};

const answerReader = (counted: (tokens: number) => void, most: number) => {
  const gathered = gather(counted, most);
  const events = eventStream(gathered.take);
  const parts: string[] = [];
  let isEvents = false;
  let length = 0;

  /** The last event may lack the line break that ends it. */
  const isEndWhole = (): boolean => {
    try {
      events.end();
    } catch {
      return false;
    }
    return gathered.isWhole;
  };

  return {
    take(text: string): void {
      if (isEvents) {
        events.take(text);
        return;
      }
      parts.push(text);
      length += text.length;
      if (length > maxPlainBytes) throw new EndpointFault('malformed', `an answer of more than ${maxPlainBytes} bytes`);
      if (parts.length <= mostPieces && eventLine.test(parts.join(''))) {
        isEvents = true;
        events.take(parts.splice(0).join(''));
      }
    },
    get isWhole() {
      return isEvents ? gathered.isWhole || isEndWhole() : isJson(withoutEnd(parts.join('')));
    },
    get isOver() {
      return gathered.isOver;
    },
    completion(): Completion {
      if (isEvents) events.end();
      else {
        const text = withoutEnd(parts.join(''));
        if (!isLines(text)) return readCompletion(text);
        for (const line of text.split('\n')) gathered.take(line);
      }
      return gathered.completion();
    },
  };
};

/** Pieces of a stream that come a line each, without being called events. */
const isLines = (text: string): boolean => {
  const end = text.trimStart().indexOf('\n');
  return (
    end > 0 && /"chat\.completion\.chunk"|"delta"/.test(text.slice(0, 4096)) && isJson(text.trimStart().slice(0, end))
  );
};

/** How a stream of events begins; its first line may come in several pieces. */
const eventLine = /^\s*(?:data|event|id|retry)?:/;
const mostPieces = 8;

/** The one object that a plain answer is, also where its server wraps it as the event of a stream. */
export const objectIn = (body: string): string => {
  if (!eventLine.test(body)) return withoutEnd(body);
  const found: string[] = [];
  const events = eventStream((data) => found.push(data));
  events.take(body);
  events.end();
  return found.find((data) => data.trim() !== '') ?? '';
};

/** Some servers end an object as if it were a stream. */
const withoutEnd = (text: string): string => {
  if (!text.trimEnd().endsWith('[DONE]')) return text;
  const end = text.lastIndexOf('data:');
  return end > 0 && text.slice(end + 5).trim() === '[DONE]' ? text.slice(0, end) : text;
};
