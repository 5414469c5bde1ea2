import { type Ended, type Started, startCommand } from '../sluice.ts';

/** One `sluice run --stages …` under an instance id, which can be killed and started again. */
export interface FlowWorker {
  readonly instance: string;
  readonly stages: string;
  start(): void;
  running(): boolean;
  /** `kill -9`; resolves when it is gone. */
  kill(): Promise<void>;
  signal(name: NodeJS.Signals): void;
  /** How the process that was started last ended. */
  ended(): Promise<Ended>;
}

export interface FlowWorkerSettings {
  /** Further arguments. */
  readonly more?: readonly string[] | undefined;
  /** Further variables. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
}

/**
 * The configuration of the folder takes the models' key from `SLUICE_WORKER`, so that the model server can tell whose
 * a call is.
 */
export const flowWorker = (
  folder: string,
  instance: string,
  stages: string,
  { more = [], environment = {} }: FlowWorkerSettings = {},
): FlowWorker => {
  let started: Started;
  const args = ['run', '--stages', stages, '--set', `transport.instanceId=${instance}`, ...more];
  const start = () => {
    started = startCommand(args, folder, { ...environment, SLUICE_WORKER: instance });
  };
  start();
  return {
    instance,
    stages,
    start,
    running: () => started.running(),
    kill: () => started.kill(),
    signal: (name) => started.signal(name),
    ended: () => started.ended,
  };
};
