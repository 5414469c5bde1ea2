/**
 * Tests with the limits that a row states beside them, within what a sandbox takes; a limit that is not understood is
 * none. Seconds as a number, in words (`2 seconds`) or as `{ seconds, nanos }`; memory in megabytes, in words, or in
 * bytes.
 */
export const limitsOf = (tests: unknown, row: Readonly<Record<string, unknown>>): unknown => {
  if (typeof tests !== 'object' || tests === null || !('kind' in tests)) return tests;
  if (tests.kind !== 'stdin' && tests.kind !== 'call') return tests;
  const seconds = secondsOf(row.time_limit);
  const megabytes = megabytesOf(row.memory_limit) ?? bytesOf(row.memory_limit_bytes);
  return {
    ...tests,
    ...(seconds !== null && seconds > 0 && { timeLimitSeconds: Math.min(seconds, 60) }),
    ...(megabytes !== null && megabytes > 0 && { memoryLimitMb: Math.min(Math.max(Math.round(megabytes), 64), 4096) }),
  };
};

const secondsOf = (value: unknown): number | null => {
  if (typeof value === 'object' && value !== null && 'seconds' in value) {
    const { seconds, nanos } = value as { seconds: unknown; nanos?: unknown };
    return Number(seconds) + Number(nanos ?? 0) / 1e9;
  }
  return numberIn(value);
};

const megabytesOf = (value: unknown): number | null => {
  const number = numberIn(value);
  return number !== null && typeof value === 'string' && /giga|gb/i.test(value.slice(0, 40)) ? number * 1024 : number;
};

const bytesOf = (value: unknown): number | null => {
  const bytes = numberIn(value);
  return bytes === null ? null : bytes / 2 ** 20;
};

const numberIn = (value: unknown): number | null => {
  if (typeof value === 'number' || typeof value === 'bigint')
    return Number.isFinite(Number(value)) ? Number(value) : null;
  const found = typeof value === 'string' ? /^\d{1,9}(?:\.\d{1,9})?/.exec(value.trim())?.[0] : undefined;
  return found === undefined ? null : Number(found);
};
