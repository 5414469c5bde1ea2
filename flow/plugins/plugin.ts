import type { AnyFormat } from '../../datasets/out/format/format.ts';
import type { Preset } from '../../datasets/presets/preset.ts';
import type { DomainSettings } from '../../domains/own-domain.ts';
import type { Domain } from '../../domains/port.ts';
import type { Admitted, Graded, Problem, Scored } from '../../schemas/types.ts';

/** The records that a processor may stand behind, by the topic that they come from. */
export interface Passing {
  readonly problems: Problem;
  readonly graded: Graded;
  readonly scored: Scored;
  readonly admitted: Admitted;
}

/**
 * A processor between a topic and the stage that reads it: gives the record that the stage is to see, of the same problem.
 * What it throws makes that record a dead letter, and nothing else. It may be run again on a record: it should give the
 * same again.
 */
export type Processor<After extends keyof Passing> = {
  readonly name: string;
  readonly after: After;
  readonly process: (record: Passing[After], signal: AbortSignal) => Passing[After] | Promise<Passing[After]>;
};

export type AnyProcessor = { [After in keyof Passing]: Processor<After> }[keyof Passing];

/** What the default export of a file under `plugins` brings. */
export interface Plugin {
  readonly name: string;
  /** Say another one when it judges or processes otherwise: results rest on it. Default: none. */
  readonly version?: string;
  readonly domains?: readonly DomainSettings[];
  readonly presets?: readonly Preset[];
  readonly exporters?: readonly AnyFormat[];
  readonly processors?: readonly AnyProcessor[];
}

/** A plugin that was loaded. */
export interface OpenPlugin {
  readonly name: string;
  readonly version: string;
  readonly file: string;
  readonly domains: readonly Domain[];
  readonly presets: readonly Preset[];
  readonly exporters: readonly AnyFormat[];
  readonly processors: readonly AnyProcessor[];
}
