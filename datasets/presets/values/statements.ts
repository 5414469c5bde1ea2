/** The text of the last turn of the user in a conversation (`role`/`content` or `from`/`value`); else what was given. */
export const lastQuestion = (turns: unknown): unknown => {
  if (!Array.isArray(turns)) return turns;
  const turn = turns.findLast((one) => ['user', 'human'].includes(one?.role ?? one?.from));
  return turn?.content ?? turn?.value ?? turns;
};

/** A statement with the code that an answer is to begin with, where there is any. */
export const withStarterCode = (statement: unknown, code: unknown, language = 'python'): unknown =>
  typeof statement === 'string' && typeof code === 'string' && code.trim() !== ''
    ? `${statement.trim()}\n\nBegin with this code:\n\n\`\`\`${language}\n${code}\n\`\`\``
    : statement;
