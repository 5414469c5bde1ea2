/** The text of the last turn of the user in a conversation (`role`/`content` or `from`/`value`); else what was given. */
export const lastQuestion = (turns: unknown): unknown => {
  if (!Array.isArray(turns)) return turns;
  const turn = turns.findLast((one) => ['user', 'human'].includes(one?.role ?? one?.from));
  return turn?.content ?? turn?.value ?? turns;
};
