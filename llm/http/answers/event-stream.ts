import { EndpointFault } from '../../endpoint-fault.ts';
import { isJson } from './json.ts';

/**
 * Longest event that is waited for, in characters: a line is searched anew with every piece that it is not complete
 * with, and lines without a blank one between them are held until it comes.
 */
const maxEvent = 4 * 1024 * 1024;

const tooLong = (): EndpointFault => new EndpointFault('malformed', `an event of more than ${maxEvent} characters`);

/**
 * Reads a server-sent event stream piece by piece and hands on the `data` of every event, in order. Comments
 * (keep-alives), blank lines and other fields are skipped; lines may end in LF, CR LF or CR (HTML standard, 9.2.6).
 */
export const eventStream = (event: (data: string) => void) => {
  let rest = '';
  let data: string[] = [];
  let held = 0;

  const line = (text: string): void => {
    if (text === '') dispatch();
    else if (text.startsWith('data:')) {
      // Some part their events by a single line break.
      if (data.length === 1 && data[0]!.startsWith('{') && isJson(data[0]!)) dispatch();
      held += text.length;
      if (held > maxEvent) throw tooLong();
      data.push(text.charCodeAt(5) === 32 ? text.slice(6) : text.slice(5));
    }
  };

  const dispatch = (): void => {
    if (data.length === 0) return;
    const whole = data.length === 1 ? data[0]! : data.join('\n');
    data = [];
    held = 0;
    event(whole);
  };

  return {
    take(piece: string): void {
      const lines = (rest + piece).split(/\r\n|\n|\r(?!\n|$)/);
      rest = lines.pop()!;
      if (rest.length > maxEvent) throw tooLong();
      for (const text of lines) line(text);
    },
    /** The stream ended: what has no closing blank line still counts. */
    end(): void {
      line(rest.endsWith('\r') ? rest.slice(0, -1) : rest);
      rest = '';
      dispatch();
    },
  };
};
