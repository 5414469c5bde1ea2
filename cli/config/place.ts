import type { z } from 'zod';

/** Says where a key stands: `sluice.yaml:12: student.model`. */
export type Place = (path: readonly PropertyKey[]) => string;

export type Issue = z.core.$ZodIssue;
