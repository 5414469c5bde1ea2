import type { RuntimeEvent } from '../../runtime/events.ts';
import type { Config } from '../config/schema.ts';

export interface View {
  readonly observe: (event: RuntimeEvent) => void;
  readonly tell: (message: string) => void;
  readonly close: () => void;
}

const EVERY_MILLISECONDS = 5000;

/** One plain line on stderr every few seconds: how many records each stage has done. */
export const watchRun = (config: Pick<Config, 'target'>): View => {
  const done = new Map<string, number>();
  let dead = 0;
  let changed = false;
  const observe = (event: RuntimeEvent) => {
    if (event.kind === 'completed') done.set(event.stage, (done.get(event.stage) ?? 0) + 1);
    else if (event.kind === 'dead-letter') dead++;
    else return;
    changed = true;
  };
  const print = () => {
    if (!changed) return;
    changed = false;
    const stages = [...done].map(([stage, count]) => `${stage} ${count}`).join('  ');
    const wanted = config.target.records ? ` of ${config.target.records} wanted` : '';
    console.error(`${stages}${wanted}${dead > 0 ? `  dead letters ${dead}` : ''}`);
  };
  const timer = setInterval(print, EVERY_MILLISECONDS);
  return { observe, tell: (message) => console.error(message), close: () => clearInterval(timer) };
};
