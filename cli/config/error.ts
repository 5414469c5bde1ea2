import { SettingsError } from '../../flow/settings/settings.ts';

/** Wrong usage or configuration: nothing was started, exit code 2. The message says what, where, and what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Whether what is wrong is what the user said, on the command line or in the configuration. */
export const isUsage = (error: unknown): error is UsageError | SettingsError =>
  error instanceof UsageError || error instanceof SettingsError;
