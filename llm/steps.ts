/** How a text is parted into steps: `blank-line` for Qwen2.5-Math-PRM, `line` for Skywork and Math-Shepherd. */
export type StepRule = 'blank-line' | 'line';

/**
 * Parts a trajectory into its steps, trimmed, none empty.
 *
 * The default is the rule of Qwen2.5-Math-PRM's model card: steps end at a blank line. A text without a blank line is
 * one step; it is not cut at single line breaks, which that model was not trained on.
 */
export const splitSteps = (text: string, rule: StepRule = 'blank-line'): string[] => {
  const steps: string[] = [];
  let lines: string[] = [];
  const close = (): void => {
    const step = lines.join('\n').trim();
    if (step !== '') steps.push(step);
    lines = [];
  };
  for (const line of text.split(/\r\n|\n|\r/)) {
    if (rule === 'line' || line.trim() === '') close();
    lines.push(line);
  }
  close();
  return steps;
};
