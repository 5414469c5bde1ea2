/** How models of different families end their turn; whatever follows was never said to the reader. */
const END_OF_TURN =
  /<[|｜](?:im_end|im_start|eot_id|eom_id|end|endoftext|end_of_text|end_of_turn|end▁of▁sentence)[|｜]>|<\/s>|<eos>|<end_of_turn>/g;
const LAST_TOKEN = /<\|[a-z_]{1,20}\|>[\s\S]{0,20}$/;

/** What a model said in its own turn: the text before the first token that ends a turn. */
export function beforeStopToken(text: string): string {
  for (const token of text.matchAll(END_OF_TURN)) {
    const said = text.slice(0, token.index);
    if (said.trim() !== '') return said;
  }
  return text.replace(LAST_TOKEN, '');
}
