/** One line of the doctor: what was looked at, how it is, and, where it is not well, what to do. */
export interface Check {
  readonly what: string;
  readonly verdict: 'ok' | 'warning' | 'wrong';
  readonly message: string;
}

export const ok = (what: string, message: string): Check => ({ what, verdict: 'ok', message });
export const warning = (what: string, message: string): Check => ({ what, verdict: 'warning', message });
export const wrong = (what: string, message: string): Check => ({ what, verdict: 'wrong', message });

/** Whatever a check throws is what is wrong. */
export const checked = async (what: string, check: () => Promise<Check[]>): Promise<Check[]> => {
  try {
    return await check();
  } catch (error) {
    return [wrong(what, error instanceof Error ? error.message : String(error))];
  }
};
