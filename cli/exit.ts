import { DataError } from '../datasets/error.ts';
import type { Report } from '../flow/outputs/report.ts';
import { isUsage } from './config/error.ts';
import { Interrupted } from './signals.ts';

/** Wrong usage or configuration is 2 (also what names a file or preset that is not there), a signal its own, everything else 1. */
export const exitCodeOf = (error: unknown): number => {
  if (error instanceof Interrupted) return error.exitCode;
  return isUsage(error) || (error instanceof DataError && named.includes(error.code)) ? 2 : 1;
};

const named = ['file-missing', 'nothing-matches', 'file-is-folder', 'format-unknown', 'preset-unknown'];

/** One message for the user; a stack only for what nobody foresaw. What the system refuses is no fault of ours. */
export const explainError = (error: unknown): string => {
  if (!(error instanceof Error)) return `sluice: ${String(error)}`;
  const foreseen = isUsage(error) || 'disposition' in error;
  if (foreseen) return error.message;
  if ('syscall' in error) return `sluice: ${error.message}`;
  return `sluice: ${error.message}\n${error.stack?.split('\n').slice(1, 6).join('\n') ?? ''}`;
};

/** 0 done; 1 nothing came out and records died, or the report and the topics disagree; 3 done, but the target could not be filled; 130 interrupted. */
export const exitCodeOfReport = (report: Report): number => {
  if (report.differences) return 1;
  if (report.stopped === 'interrupted') return 130;
  if (report.states.emitted === 0 && Object.keys(report.deadLetters).length > 0) return 1;
  if (report.stopped === 'target') return 0;
  return report.stopped === 'budget' || Object.keys(report.shortfall).length > 0 ? 3 : 0;
};
