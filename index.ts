/** What other programs may use of Sluice: its records as bytes, its dataflow, its verifiers. */
export type { Topology } from './runtime/topology.ts';
export { describe } from './runtime/topology.ts';
export { codecs } from './schemas/codecs.ts';
export { hardness, levels } from './schemas/hardness.ts';
export type * from './schemas/types.ts';
export { adaptiveCot } from './topologies/adaptive-cot.ts';
