import type { z } from 'zod';
import type { Domains } from '../../domains/port.ts';
import type { OpenPlugin } from '../plugins/plugin.ts';
import type { Config } from './schema.ts';

/** Says where a key stands, for whoever has to mend it: `sluice.yaml:12: student.model`. */
export type Place = (path: readonly PropertyKey[]) => string;

export type Issue = z.core.$ZodIssue;

/** What a run is to do, checked and with every default filled in. */
export interface Settings {
  readonly config: Config & { readonly run: string };
  /** The folder that relative paths are relative to. */
  readonly folder: string;
  readonly place: Place;
  readonly domains: Domains;
  readonly plugins: readonly OpenPlugin[];
  /** Texts that belong into no log, no store and no message. */
  readonly secrets: readonly string[];
}

/** Settings that cannot be meant, or do not fit what is there: nothing was started. Says what, where, and what to do. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly code = 'settings';
  readonly disposition = 'stop';
}
