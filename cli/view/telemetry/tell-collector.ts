import type { StageNote } from '../../../flow/status/notes/live-note.ts';
import type { ModelsAtWork } from '../../../flow/wiring/usage/usage-kept.ts';
import { maskOf } from '../../../llm/mask.ts';
import type { LoadedConfig } from '../../config/load.ts';
import { version } from '../../version.ts';
import type { Telemetry } from './open-telemetry.ts';

export interface Told {
  /** The command's name. */
  readonly command: string;
  /** What has been done so far. */
  readonly stages: () => readonly StageNote[];
  /** Null where none is asked, or not yet. */
  readonly models: () => ModelsAtWork | null;
  readonly tell: (message: string) => void;
}

/** Sends what a command does that is no run to the collector that the settings name, if they name one. */
export const tellCollector = async ({ config, secrets }: LoadedConfig, told: Told): Promise<Telemetry> => {
  const { run, telemetry: where } = config;
  if (!where) return { observe: () => {}, close: async () => {} };
  const { commandMetrics } = await import('../metrics/metrics.ts');
  const { openTelemetry } = await import('./open-telemetry.ts');
  const figures = commandMetrics(run, version());
  const families = () => {
    const asked = told.models();
    const endpoints = asked?.models.endpoints() ?? [];
    return figures.families({ stages: told.stages(), endpoints, spent: { models: asked?.usage() ?? {} } });
  };
  const { command, tell: failed } = told;
  const sent = openTelemetry({ run, command, version: version(), where, families, mask: maskOf(secrets), failed });
  return {
    observe: (event) => {
      figures.observe(event, Date.now());
      sent.observe(event);
    },
    close: async () => {
      await sent.close();
      figures.close();
    },
  };
};
