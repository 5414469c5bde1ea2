import { EndpointFault } from '../endpoint-fault.ts';
import { maxPlainBytes } from '../http/answers/body.ts';

/** The lines of a body as they come, blank ones left out; a fault where one is longer than any answer: each holds one. */
export async function* linesOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let parts: string[] = [];
  let length = 0;
  for await (const chunk of body) {
    const pieces = decoder.decode(chunk, { stream: true }).split('\n');
    for (const [index, piece] of pieces.entries()) {
      if (index > 0) {
        const line = parts.join('').trim();
        if (line !== '') yield line;
        parts = [];
        length = 0;
      }
      parts.push(piece);
      length += piece.length;
      if (length > maxPlainBytes) throw new EndpointFault('malformed', `a line of more than ${maxPlainBytes} letters`);
    }
  }
  const last = (parts.join('') + decoder.decode()).trim();
  if (last !== '') yield last;
}
