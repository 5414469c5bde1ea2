/** A step, trimmed, and where it lies in its trajectory: UTF-16 code units, the end exclusive. */
export interface Step {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Parts a trajectory into its steps, none empty, by the rule of Qwen2.5-Math-PRM's model card: steps end at a blank
 * line. A text without a blank line is one step; it is not cut at single line breaks, which that model was not trained
 * on.
 */
export const splitSteps = (trajectory: string): Step[] => {
  const steps: Step[] = [];
  let start = -1;
  let end = 0;
  const close = (): void => {
    if (start >= 0) steps.push(stepOf(trajectory, start, end));
    start = -1;
  };
  let at = 0;
  for (const line of trajectory.split(/(\r\n|\n|\r)/)) {
    const isBreak = line === '\n' || line === '\r\n' || line === '\r';
    if (!isBreak && line.trim() === '') close();
    else if (!isBreak) {
      if (start < 0) start = at;
      end = at + line.length;
    }
    at += line.length;
  }
  close();
  return steps;
};

const stepOf = (trajectory: string, from: number, to: number): Step => {
  const text = trajectory.slice(from, to);
  const start = from + text.length - text.trimStart().length;
  return { text: text.trim(), start, end: start + text.trim().length };
};
