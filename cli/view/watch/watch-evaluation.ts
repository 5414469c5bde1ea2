import { createLogUpdate } from 'log-update';
import { backlogOf } from '../../../flow/status/backlog.ts';
import type { EndpointNote } from '../../../flow/status/notes/live-note.ts';
import type { RuntimeEvent } from '../../../runtime/events.ts';
import type { Transport } from '../../../runtime/transport.ts';
import { evaluationTopics } from '../../../topologies/topics.ts';
import { duration, plainLine, rate } from '../../text.ts';
import { cut } from '../screen/columns.ts';
import { meter } from './meter.ts';

/** Shows how far the student has come with the evaluation set: one line, redrawn on a terminal, now and then elsewhere. */
export interface EvaluationView {
  readonly observe: (event: RuntimeEvent) => void;
  /** A message that stays. */
  readonly tell: (message: string) => void;
  readonly close: () => Promise<void>;
}

const STAGE = 'evaluate-grade';
const EVERY_MILLISECONDS = { terminal: 500, elsewhere: 5000 };

export const watchEvaluation = (
  stream: NodeJS.WriteStream,
  transport: Transport,
  endpoints: () => readonly EndpointNote[],
): EvaluationView => {
  const events = meter();
  const began = performance.now();
  const update = stream.isTTY ? createLogUpdate(stream) : null;
  const line = async (): Promise<string> => {
    const { name } = evaluationTopics.problems;
    const problems = (await transport.ends(name)).reduce((sum, end) => sum + end, 0);
    const graded = problems - (await backlogOf(transport, STAGE, name, 0));
    const stage = events.stages(performance.now()).find((one) => one.stage === STAGE);
    const speed = stage ? ` (${rate(stage.perSecond)})` : '';
    const calls = endpoints().map(callsOf).join('; ');
    return `${duration((performance.now() - began) / 1000)}: ${graded} of ${problems} graded${speed}; ${calls}`;
  };
  let before = '';
  let shown: Promise<void> = Promise.resolve();
  const show = async (): Promise<void> => {
    const now = await line().catch(() => before);
    if (update) update(cut(now, stream.columns ?? 80));
    else if (now !== before) stream.write(`${now}\n`);
    before = now;
  };
  const timer = setInterval(
    () => {
      shown = shown.then(show);
    },
    update ? EVERY_MILLISECONDS.terminal : EVERY_MILLISECONDS.elsewhere,
  );
  return {
    observe: (event) => events.observe(event, performance.now()),
    tell: (message) => {
      update?.clear();
      stream.write(`${message}\n`);
    },
    close: async () => {
      clearInterval(timer);
      await shown;
      update?.clear();
      update?.done();
    },
  };
};

const callsOf = ({ role, member, inFlight, limit, why, fault }: EndpointNote): string => {
  const because = why ?? fault;
  return `${role}${member === null ? '' : ` ${plainLine(member)}`}: ${inFlight} of ${limit} calls in flight${because ? ` (${plainLine(because)})` : ''}`;
};
