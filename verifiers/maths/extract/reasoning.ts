const CLOSING_TAGS = ['</think>', '</thinking>', '</thought>', '</reasoning>'];

/**
 * The parts of a response in the order in which an answer is looked for: what follows the last closing reasoning
 * tag, then, should that hold no answer, the whole text.
 */
export function searchOrder(text: string): readonly string[] {
  const end = Math.max(...CLOSING_TAGS.map((tag) => endOfLast(text, tag)));
  if (end < 0) return [text];
  const answerPart = text.slice(end);
  return answerPart.trim() === '' ? [text] : [answerPart, text];
}

function endOfLast(text: string, tag: string): number {
  const at = text.lastIndexOf(tag);
  return at < 0 ? -1 : at + tag.length;
}
