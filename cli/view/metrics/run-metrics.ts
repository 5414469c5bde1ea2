import { Gauge, type Registry } from 'prom-client';
import type { Status } from '../../../flow/status/status.ts';

/** Where the problems of a run are, what its target wants, what it may still spend; what is gone is gone. */
export const runMetrics = (registers: Registry[]) => {
  const gauge = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Gauge({ name, help, labelNames, registers });
  const problems = gauge('sluice_problems', 'Problems of the run by where they are.', ['state']);
  const levelled = gauge('sluice_level_problems', 'Problems that the student showed at a level.', ['level']);
  const emitted = gauge('sluice_level_emitted_records', 'Verified records emitted.', ['level']);
  const quota = gauge('sluice_level_target_records', 'Records wanted; absent where the target is no number.', [
    'level',
  ]);
  const parked = gauge('sluice_level_parked_problems', 'Problems that wait for room in the target.', ['level']);
  const closed = gauge(
    'sluice_level_closed',
    '1 where the teacher failed so often in a row that no more is admitted.',
    ['level'],
  );
  const phases = gauge('sluice_run_phase', '1 for what the run does now: running, draining or idle.', ['phase']);
  const halted = gauge('sluice_run_halted', '1 once the run was told to admit no more.', ['reason']);
  const spent = gauge('sluice_budget_spent_ratio', 'Spent of the ceiling; absent where there is none.', ['kind']);
  const left = gauge('sluice_budget_left', 'What may still be spent; absent where there is no ceiling.', ['kind']);
  const letters = gauge('sluice_dead_letters', 'Dead letters that hold.', ['code']);
  const all = [problems, levelled, emitted, quota, parked, closed, phases, halted, spent, left, letters];

  return (status: Status): void => {
    for (const one of all) one.reset();
    for (const [state, number] of Object.entries(status.states)) problems.set({ state }, number);
    for (const [level, one] of Object.entries(status.levels)) {
      levelled.set({ level }, one.problems);
      emitted.set({ level }, one.emitted);
      parked.set({ level }, one.parked);
      if (one.quota !== null) quota.set({ level }, one.quota);
      closed.set({ level }, one.closed ? 1 : 0);
    }
    for (const phase of ['running', 'draining', 'idle']) phases.set({ phase }, status.phase === phase ? 1 : 0);
    if (status.target.halted !== null) halted.set({ reason: status.target.halted }, 1);
    for (const kind of ['tokens', 'cost'] as const) {
      const ceiling = status.spent.ceilings[kind];
      if (ceiling === null) continue;
      spent.set({ kind }, status.spent[kind] / ceiling);
      left.set({ kind }, Math.max(0, ceiling - status.spent[kind]));
    }
    for (const [code, number] of Object.entries(status.deadLetters)) letters.set({ code }, number);
  };
};
