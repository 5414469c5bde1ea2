import type { EndpointRole } from './notes/live-note.ts';

const order = ['evaluate-grade', 'evaluate-score', 'evaluate-level', 'grade', 'score', 'level', 'sample', 'generate'];

/** Compares stages by their place in the flow. */
export const inFlowOrder = (a: string, b: string): number => order.indexOf(a) - order.indexOf(b);

/** The stage that asks each model. */
export const stageOf: Readonly<Record<EndpointRole, string>> = {
  student: 'grade',
  scorer: 'score',
  teacher: 'generate',
  verifier: 'grade',
};
