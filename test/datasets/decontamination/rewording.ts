/** Fixed rewordings, for tests: what a paraphrase does at the least, without a model. */

const others = 'object quantity given number certain find value item place result'.split(' ');

/** Every eighth word is another one; words with digits stay. */
export const everyEighthReplaced = (statement: string): string => {
  let count = 0;
  return statement.replaceAll(/\S+/g, (word) => {
    count++;
    return count % 8 === 0 && !/\d/.test(word) ? others[(count / 8) % others.length]! : word;
  });
};

/** Neighbouring clauses change places. */
export const clausesSwapped = (statement: string): string => {
  const clauses = statement.split(/(?<=[.,;?!])\s+/);
  for (let at = 0; at + 1 < clauses.length; at += 2) [clauses[at], clauses[at + 1]] = [clauses[at + 1]!, clauses[at]!];
  return clauses.join(' ');
};
