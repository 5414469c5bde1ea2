import type { ChatModel } from '../../llm/port.ts';

/** So many answers say whether a teacher shows its reasoning. */
const FIRST = 5;

/** The teacher, of which it is told once where none of its first answers in this process shows any reasoning. */
export const tellOfMissingReasoning = (
  { name, reasoning }: { readonly name: string; readonly reasoning: 'required' | 'optional' },
  tell: (message: string) => void,
): ((teacher: ChatModel) => ChatModel) => {
  let answers = 0;
  let shown = 0;
  const means =
    reasoning === 'required'
      ? 'teacher.reasoning: required keeps none of them'
      : 'the records are answers without a chain of thought; teacher.reasoning: required would refuse them';
  return (teacher) => async (request, signal) => {
    const reply = await teacher(request, signal);
    if (reply.finish !== 'stop' || answers >= FIRST) return reply;
    answers++;
    if (reply.reasoning.trim() !== '') shown++;
    if (answers === FIRST && shown === 0)
      tell(
        `none of the first ${FIRST} answers of ${name} shows any reasoning: ${means}. See whether its server parses it away (vLLM: --reasoning-parser), or whether teacher.thinking asks for it`,
      );
    return reply;
  };
};
