import { backlogOf } from '../../../flow/status/backlog.ts';
import type { EndpointNote, StageNote } from '../../../flow/status/notes/live-note.ts';
import type { RuntimeEvent } from '../../../runtime/events.ts';
import type { Transport } from '../../../runtime/transport.ts';
import { evaluationTopics } from '../../../topologies/topics.ts';
import { rate } from '../../text.ts';
import { meter } from './meter.ts';
import { callsOf, type ProgressLine, progressLine } from './progress-line.ts';

/** Shows how far the student has come with the evaluation set. */
export interface EvaluationView extends ProgressLine {
  readonly observe: (event: RuntimeEvent) => void;
  /** What its stages have done. */
  readonly stages: () => readonly StageNote[];
}

const STAGE = 'evaluate-grade';

export const watchEvaluation = (
  stream: NodeJS.WriteStream,
  transport: Transport,
  endpoints: () => readonly EndpointNote[],
): EvaluationView => {
  const events = meter();
  const stages = () => events.stages(performance.now());
  const line = progressLine(stream, async () => {
    const { name } = evaluationTopics.problems;
    const problems = (await transport.ends(name)).reduce((sum, end) => sum + end, 0);
    const graded = problems - (await backlogOf(transport, STAGE, name, 0));
    const stage = stages().find((one) => one.stage === STAGE);
    const speed = stage ? ` (${rate(stage.perSecond)})` : '';
    return `${graded} of ${problems} graded${speed}; ${callsOf(endpoints())}`;
  });
  return { ...line, stages, observe: (event) => events.observe(event, performance.now()) };
};
