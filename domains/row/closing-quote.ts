/** Where the text that a quote at this place opens is closed, backslashes minded; the text's end where it is not. Linear. */
export const closingQuote = (text: string, opens: number): number => {
  const quote = text[opens]!;
  for (let at = text.indexOf(quote, opens + 1); at >= 0; at = text.indexOf(quote, at + 1)) {
    let before = at;
    while (text[before - 1] === '\\') before--;
    if ((at - before) % 2 === 0) return at;
  }
  return text.length;
};
