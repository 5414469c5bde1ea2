/** A statement with the code that an answer is to begin with, where there is any. */
export const withStarterCode = (statement: unknown, code: unknown, language = 'python'): unknown =>
  typeof statement === 'string' && typeof code === 'string' && code.trim() !== ''
    ? `${statement.trim()}\n\nBegin with this code:\n\n\`\`\`${language}\n${code}\n\`\`\``
    : statement;
