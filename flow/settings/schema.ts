import { z } from 'zod';
import { domains } from './sections/domains.ts';
import { runBudget } from './sections/endpoint.ts';
import { path, positive } from './sections/plain.ts';
import { dataSets, problemList } from './sections/problems.ts';
import { type scorerSchema, scorers } from './sections/scorer.ts';
import { student } from './sections/student.ts';
import { levels, target } from './sections/target.ts';
import { type teacherSchema, teachers } from './sections/teacher.ts';
import { telemetry } from './sections/telemetry.ts';
import { transport } from './sections/transport.ts';

/** What `sluice.yaml` may say: types, defaults and documentation (`sluice config schema`), a file of `sections/` a key. */
export const configSchema = z.strictObject({
  run: z
    .string()
    .regex(/^[a-z0-9_-]{1,60}$/, 'wants lower-case letters, digits, hyphens and underscores, 60 at most')
    .optional(),
  problems: problemList.default([]),
  reference: z
    .strictObject({
      by: z.literal('vote'),
      samples: positive.max(64).default(8).describe('Answers of the teacher to a problem, at most.'),
      atLeast: positive.default(5).describe('So many must agree, more than half of them; else it is unverifiable.'),
    })
    .optional()
    .describe('Takes rows without an answer too: what the first teacher’s samples agree on is their reference.'),
  student,
  scorer: scorers.optional(),
  domains: domains.prefault({}),
  plugins: z
    .array(path)
    .default([])
    .describe('Files of TypeScript that bring domains, presets, exporters and processors of your own.'),
  levels: levels.prefault({}),
  target: target.prefault({}),
  evaluation: dataSets.default([]).describe('DB_eval, for `evaluated`, `quantiles` and `sluice evaluate`.'),
  dedupe: z
    .enum(['exact', 'near'])
    .default('exact')
    .describe('Whether of problems that differ in wording alone the first is taken, too.'),
  decontamination: z
    .strictObject({
      against: dataSets.default([]).describe('Evaluation sets; default: those under evaluation.'),
      drop: z.boolean().default(true).describe('Leave marked problems out of the run.'),
    })
    .prefault({}),
  teacher: teachers,
  budget: runBudget.optional(),
  transport,
  telemetry: telemetry.optional(),
  output: z.strictObject({ dir: path.default('out') }).prefault({}),
});

export type TeacherConfig = z.output<typeof teacherSchema>;
export type Config = Omit<z.output<typeof configSchema>, 'teacher'> & {
  /** The first who is asked. */
  readonly teacher: TeacherConfig;
  /** Those who are asked after it, in their order. */
  readonly cascade: readonly TeacherConfig[];
  /** What the plugins are called, and their versions: results rest on them. */
  readonly brought: readonly { readonly name: string; readonly version: string }[];
};
/** As a person writes them: what has a default may be left out. */
export type SettingsInput = z.input<typeof configSchema>;
export type ScorerConfig = z.output<typeof scorerSchema>;

/** Every teacher with the path of its keys, in the order in which they are asked. */
export const teachersOf = ({
  teacher,
  cascade,
}: Pick<Config, 'teacher' | 'cascade'>): [path: PropertyKey[], TeacherConfig][] =>
  cascade.length === 0
    ? [[['teacher'], teacher]]
    : [teacher, ...cascade].map((one, index) => [['teacher', index], one] as [PropertyKey[], TeacherConfig]);

/** Whether there is a server to ask: recorded answers may be all there are. */
export const isServed = ({ baseUrl, endpoints }: Pick<Config['student'], 'baseUrl' | 'endpoints'>): boolean =>
  baseUrl !== '' || endpoints !== undefined;

/** Whether one scorer serves all domains, or each has its own. */
export const isOneScorer = (scorer: ScorerConfig | Readonly<Record<string, ScorerConfig>>): scorer is ScorerConfig =>
  typeof scorer.kind === 'string';
