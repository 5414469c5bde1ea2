import { NoValue } from './budget.ts';

/** The result, or null where there is no value. */
export function attempt<T>(compute: () => T): T | null {
  try {
    return compute();
  } catch (error) {
    if (error instanceof NoValue) return null;
    throw error;
  }
}
