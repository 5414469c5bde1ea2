const BEGINS =
  /^(?:def|class|import|from|async def|if|for|while|try|with|print|return)\b|^@|^"""|^\w+(?:\[.*\])? *(?:=|\+=)/;
const SURELY_BEGINS = /^(?:(?:async )?def \w+ *\(|class \w+.*:|import \w|from [\w.]+ import |@\w)/;
const PROSE = /^[A-Z][\w'’-]*,?(?: [\w'’"`,()/-]+){2,}[.:!?]?\s*$/;

/**
 * The code in an answer that has no fences, or null.
 *
 * An answer that begins indented where it completes a prompt is code as it stands. Else code begins with the answer, or
 * at the first line that can be nothing but code, and ends where a sentence stands at the left edge.
 */
export function bareCode(answer: string, completes: boolean): string | null {
  const lines = answer.split(/\r?\n/);
  const first = lines.findIndex((line) => line.trim() !== '');
  if (first < 0) return null;
  if (completes && /^\s/.test(lines[first]!)) return answer;
  const telling = lines.find((line) => line.trim() !== '' && !line.startsWith('#')) ?? '';
  const start = BEGINS.test(telling) ? first : lines.findIndex((line) => SURELY_BEGINS.test(line));
  if (start < 0) return null;
  const length = lines.slice(start).findIndex((line) => PROSE.test(line));
  return lines.slice(start, length < 0 ? undefined : start + length).join('\n');
}
