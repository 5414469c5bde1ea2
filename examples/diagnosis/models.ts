import type { ChatRequest, OwnModel } from 'sluice';
import { faults, labels } from './faults.ts';
import { caseIn } from './network.ts';
import { chance, draws } from './random.ts';

/** The rehearsal's student: it mistakes a distractor for the fault, the more often the harder the case is. */
export const student: OwnModel = async (request) => {
  const { statement, answer, hardness, cell } = asked(request);
  const isRight = chance('student', statement, request.sample) < 0.98 - 0.22 * hardness;
  const said = isRight ? answer : draws('mistake', statement, request.sample).pick(others(answer));
  return {
    answer: `Cell ${cell} looks worst, and that would be ${said}.\n\n\\boxed{${said}}`,
    usage: { promptTokens: statement.length >> 2, completionTokens: 24 },
    simulated: true,
  };
};

/** The rehearsal's teacher: names the clues, rules out what only looks odd, and fails one sample in ten. */
export const teacher: OwnModel = async (request) => {
  const { statement, answer, cell, clues, distractors } = asked(request);
  const said =
    chance('teacher', statement, request.sample) < 0.1 ? draws('slip', statement).pick(others(answer)) : answer;
  const reasoning = [
    `Let me hold each cell against the usual values. Cell ${cell} stands out: ${clues.join('; ')}.`,
    ...distractors.map((one) => `"${one}" is odd, but it explains no complaint.`),
    `What fits all of that is ${said}: ${faults[said]?.why}.`,
  ].join('\n');
  return {
    reasoning,
    answer: `Cell ${cell} shows ${clues[0]}, and ${faults[said]?.why}.\n\n\\boxed{${said}}`,
    usage: { promptTokens: statement.length >> 2, completionTokens: reasoning.length >> 2 },
    simulated: true,
  };
};

const asked = ({ messages }: ChatRequest) => caseIn(messages.at(-1)?.content ?? '');
const others = (answer: string): string[] => labels.filter((one) => one !== answer);
