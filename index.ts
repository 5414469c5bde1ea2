/** Sluice as a library: a whole run from a program, with its own models and domains, and the parts it is made of. */

import type { Transport } from './runtime/transport.ts';
import type { KafkaSettings } from './runtime/transports/kafka/settings.ts';

export type { AnyFormat, ExportFormat, ExportRow } from './datasets/out/format/format.ts';
export type { Manifest } from './datasets/out/shards/manifest.ts';
export type { Preset } from './datasets/presets/preset.ts';
export {
  type DomainSettings,
  defineDomain,
  type Judge,
  type Judged,
  type OpenJudge,
  type OwnTask,
} from './domains/own-domain.ts';
export type { Body, Domain, Draft, Verifier } from './domains/port.ts';
export {
  evaluate,
  exportDataset,
  inspect,
  type Own,
  plan,
  type RunSettings,
  run,
  status,
  verify,
  type Watched,
} from './flow/application.ts';
export type { Evaluated } from './flow/evaluation/evaluated.ts';
export type { Forecast, LevelForecast, StageForecast } from './flow/forecast/forecast.ts';
export type { ExportWish } from './flow/outputs/export-dataset.ts';
export type { Report } from './flow/outputs/report.ts';
export type { AnyProcessor, Passing, Plugin, Processor } from './flow/plugins/plugin.ts';
export { SettingsError } from './flow/settings/settings.ts';
export type { Trail } from './flow/status/problems/trail.ts';
export type { Status } from './flow/status/status.ts';
export type { OwnModel, OwnModels, OwnReply, OwnScorer } from './flow/wiring/own-models.ts';
export type { ChatModel, ChatReply, ChatRequest, Message, ScoreRequest, StepScorer } from './llm/port.ts';
export type { RuntimeEvent } from './runtime/events.ts';
export { runTopology } from './runtime/run.ts';
export { describe, from, merge, type Topic, type Topology } from './runtime/topology.ts';
export type { Transport } from './runtime/transport.ts';
export { openEmbedded } from './runtime/transports/embedded/open.ts';
export type { KafkaSettings } from './runtime/transports/kafka/settings.ts';
export { codecs } from './schemas/codecs.ts';
export { hardness, levels } from './schemas/hardness.ts';
export type * from './schemas/types.ts';
export { type AdaptiveCotCapabilities, adaptiveCot } from './topologies/adaptive-cot.ts';
export { topicSpecs, topics } from './topologies/topics.ts';
export type { Convention, Judgement, OwnProblem, Reference, Task, Verify } from './verifiers/port.ts';

/** Opens the transport on a Kafka cluster, whose client is loaded here and not before. */
export const openKafka = async (settings: KafkaSettings): Promise<Transport> =>
  (await import('./runtime/transports/kafka/open.ts')).openKafka(settings);
