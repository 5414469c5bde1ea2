/** A target of an assignment: `a`, `self.a`, `a[i][j]`, `*rest`. */
const TARGET = String.raw`\*?[A-Za-z_]\w*(?:\.\w+)*(?:\[(?:[^[\]]|\[[^[\]]*\])*\])*`;
const TYPE = String.raw`: *(?:int|float|str|bool|[Ll]ist|[Dd]ict|[Ss]et|[Tt]uple|Optional|Any)\b[^=]*`;
const ASSIGNS = String.raw`\(?${TARGET}(?: *, *${TARGET})*,?\)? *(?:${TYPE})?(?:[-+*/%|&^]|\*\*|\/\/)?=`;
const BEGINS = new RegExp(
  String.raw`^(?:def|class|import|from|async def|if|for|while|try|with|print|return)\b|^@|^"""|^${ASSIGNS}`,
);
const SURELY_DEFINES = /^(?:(?:async )?def \w+ *\(|import \w|from [\w.]+ import |@\w)/;
const SURELY_READS = new RegExp(
  String.raw`^(?:${ASSIGNS}(?!=).*\b(?:input\(|stdin\b|open\(0)|print\(.*\)\s*(?:#.*)?$)`,
  's',
);

/** Whether a line of Python may begin a program. */
export const mayBegin = (line: string): boolean => BEGINS.test(line);

/** Whether a line can be nothing but Python that defines or imports something. */
export const surelyDefines = (line: string): boolean => SURELY_DEFINES.test(line);

/** Whether a line can be nothing but the beginning of a program that reads or prints before it defines anything. */
export const surelyReads = (line: string): boolean => SURELY_READS.test(line);
