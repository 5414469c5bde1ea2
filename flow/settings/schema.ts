import { z } from 'zod';
import { answerFields } from '../../datasets/presets/preset.ts';
import { draftFields } from '../../domains/port.ts';
import { kindOf, kinds } from '../../domains/registry.ts';

/** The one table of what `sluice.yaml` may say: types, defaults and documentation (`sluice config schema`). */

const positive = z.int().positive();
const path = z
  .string()
  .min(1)
  .regex(/^[^\0]*$/, 'wants a path without NUL characters');
const price = z
  .strictObject({
    input: z.number().nonnegative(),
    output: z.number().nonnegative(),
    cached: z
      .number()
      .nonnegative()
      .optional()
      .describe('Of prompt tokens that the endpoint had kept; default: as input.'),
  })
  .describe('Cost of a million tokens.');
const budget = z
  .strictObject({ tokens: positive.optional(), cost: z.number().positive().optional() })
  .describe('Ceilings; nothing is sent that could pass them. A cost needs the prices.');
const prompt = z
  .record(z.string(), z.string())
  .describe('Templates of the user turn by domain; {statement} and {choices} are replaced.');

const url = z.url({ protocol: /^https?$/ });
const apiKey = z.string().optional().describe('By reference to the environment: a name in braces after a dollar sign.');
const headers = z
  .record(z.string(), z.string())
  .optional()
  .describe('Sent along, or in the place of our own; secrets by reference, as in apiKey.');
const concurrency = positive.max(100_000);
const rates = {
  rpm: positive.optional().describe('Requests that the server takes in a minute; a second gets its sixtieth.'),
  tpm: positive.optional().describe('Tokens that the server takes in a minute.'),
  metricsUrl: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('The /metrics of its vLLM, SGLang or llama.cpp: as many calls at once as the engine has room for.'),
};

/** One of several servers of a model. */
const server = z.strictObject({
  baseUrl: url,
  apiKey,
  headers,
  weight: z.number().positive().default(1).describe('How much it takes beside the others, as long as all have room.'),
  concurrency: concurrency.optional().describe('Most calls in flight there; default: as for all.'),
  ...rates,
});

const endpoint = {
  baseUrl: url
    .optional()
    .transform((one) => one ?? '')
    .describe('What stands before /chat/completions or /pooling.'),
  endpoints: z
    .array(server)
    .min(1)
    .optional()
    .describe('Several servers of the model in the place of baseUrl; what one does not say is as for all.'),
  model: z.string().min(1),
  revision: z.string().default('').describe('Say another one when the weights change under the same name.'),
  apiKey,
  concurrency: concurrency.default(256).describe('Most calls in flight, at each server.'),
  ...rates,
  idleTimeoutSeconds: z.number().positive().optional().describe('Silence after which a call is made again; 120.'),
  price: price.default({ input: 0, output: 0 }),
  budget: budget.optional(),
  headers,
  extraBody: z
    .record(z.string(), z.unknown())
    .default({})
    .describe('Passed through to the endpoint; a null takes a field out.'),
};

const batch = z
  .strictObject({
    rows: positive.max(5000).default(1000).describe('Most requests of one batch.'),
    seconds: z.number().positive().default(60).describe('After the first request a batch goes, full or not.'),
    open: positive.max(100_000).default(5000).describe('Most requests that are open at once: they stay so for hours.'),
    pollSeconds: z.number().positive().default(30),
    window: z.string().min(1).default('24h').describe('Within which the server promises its answers.'),
    price: price.optional().describe('Default: half of price.'),
    cancelOnStop: z.boolean().default(false).describe('Whether Ctrl-C cancels what the server has not begun.'),
  })
  .optional()
  .describe('Asks through the batch API of the server (OpenAI’s files and batches), for less money and in hours.');

const answering = {
  batch,
  prefill: z.string().min(1).optional().describe('What every answer begins with, such as <think> and a line end.'),
  thinking: z
    .strictObject({ tokens: positive.optional(), effort: z.string().min(1).optional() })
    .optional()
    .describe('How much it is to think, said in the words of the server where they are known.'),
};

const where = z.union([z.string(), z.array(z.string())]).optional();
const whereOf = <Field extends string>(fields: readonly Field[]) =>
  Object.fromEntries(fields.map((field) => [field, where])) as Record<Field, typeof where>;
const fields = z
  .strictObject(whereOf(draftFields))
  .describe(
    'Where a problem’s parts stand in a row: a column, or a path with dots; of several the first that is there.',
  );

/** Answers that are there already; with a server, a model is asked for the rest. */
const recorded = {
  kind: z
    .enum(['endpoint', 'recorded'])
    .default('endpoint')
    .describe(
      'An endpoint is asked, or answers are taken from files and verified like any other; with a baseUrl a model is asked for the rest.',
    ),
  path: path.optional().describe('Recorded: a file, a glob or a folder.'),
  preset: z.string().optional().describe('Recorded: how the files are read; default: generic.'),
  fields: z
    .strictObject({ ...whereOf(draftFields), ...whereOf(answerFields) })
    .optional()
    .describe('Recorded: where response, reasoning and finish stand, and what says which problem they are about.'),
};

/** By which conventions an answer may stand; the verifiers' own list. */
const accept = z.array(z.enum(['boxed', 'tagged', 'cue', 'last'])).min(1);

const student = z.strictObject({
  ...endpoint,
  ...recorded,
  ...answering,
  prompt: prompt.default({}),
  system: z.string().optional(),
  temperature: z.number().min(0).max(2).default(0),
  topP: z.number().gt(0).max(1).optional(),
  maxTokens: positive.default(4096),
  maxTokensRaised: positive.optional().describe('For onTruncated: raise.'),
  onTruncated: z
    .enum(['wrong', 'raise', 'leave-out'])
    .default('wrong')
    .describe(
      'An answer that was cut off: counts as wrong (as in the paper), is asked for once more with maxTokensRaised, or does not count.',
    ),
  attempts: positive.max(1000).default(1),
  accept: accept
    .default(['boxed', 'tagged', 'cue', 'last'])
    .describe('Where its answer may stand: in a box, behind #### or in an answer tag, behind a cue, or stated last.'),
  seed: z.int().optional(),
});

const modelScorer = {
  ...endpoint,
  aggregate: z.enum(['mean', 'min', 'product', 'last']).default('mean').describe('How step scores become one.'),
};
/** One scorer, whatever it is for. */
export const scorerSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('prm'),
    api: z.enum(['vllm-pooling']).default('vllm-pooling'),
    activation: z.enum(['none', 'sigmoid']).default('none'),
    contextTokens: positive.default(4096).describe('Longer trajectories are scored in windows of this size.'),
    ...modelScorer,
  }),
  z.strictObject({
    kind: z.literal('judge'),
    by: z
      .enum(['auto', 'probability', 'rubric'])
      .default('auto')
      .describe('P(yes) by log-probabilities, a score that it writes, or the first where the endpoint has it.'),
    maxTokens: positive.default(2048).describe('Room for a written score, thinking included.'),
    ...modelScorer,
  }),
  z.strictObject({ kind: z.literal('tests') }),
]);
const scorers = z
  .union([scorerSchema, z.record(z.string(), scorerSchema)])
  .describe('Scores the steps of wrong trajectories: one for all domains, or one for each.');

const share = z.number().gt(0).lt(1);
const levels = z.strictObject({
  by: z.enum(['score', 'pass-rate', 'hybrid']).default('score'),
  thresholds: z
    .union([z.tuple([share, share, share, share]), z.literal('quantiles')])
    .default([0.2, 0.4, 0.6, 0.8])
    .describe('Lower bounds of level_2 … level_5, or quantiles: those that part the scores into fifths.'),
  from: z
    .enum(['evaluation', 'run'])
    .default('evaluation')
    .describe(
      'Whose scores the quantiles part: of the evaluation set, or of the run’s own wrong answers once all are graded.',
    ),
});

const weight = z.number().nonnegative();
const weights = z.strictObject({
  easy: weight.default(0),
  level_5: weight.default(0),
  level_4: weight.default(0),
  level_3: weight.default(0),
  level_2: weight.default(0),
  level_1: weight.default(0),
});
const target = z.strictObject({
  records: positive.optional().describe('How many are to be emitted; left out: continuous.'),
  distribution: z
    .union([z.enum(['curriculum', 'evaluated', 'natural']), z.strictObject({ run: z.string() }), weights])
    .default('curriculum'),
  admit: z.enum(['streaming', 'after-grading']).default('streaming'),
  onShortfall: z.enum(['report', 'redistribute']).default('report'),
  exclude: z.array(z.string()).default([]).describe('Runs whose emitted problems are not to come again.'),
  seed: z.int().default(1),
});

const dataSet = z.strictObject({
  path: path.describe('A file, a glob or a folder.'),
  preset: z.string().default('generic'),
  fields: fields.optional(),
  dataset: z.string().optional().describe('The name on the records; default: the preset, or the file.'),
  subset: z
    .union([z.string(), z.array(z.string()).min(1)])
    .optional()
    .describe('Of a folder whose card names several: a name, a list, or all.'),
  links: z.enum(['inside', 'follow']).default('inside').describe('Whether links may lead out of the data set.'),
  domain: z.string().optional().describe('What all of them are of; default: the preset’s, else what each row says.'),
});
const dataSets = z.union([z.array(dataSet), dataSet.transform((one) => [one])]);

const problems = dataSet.extend({
  limit: positive.optional().describe('Its first problems, so many; a later start may take more.'),
  sample: z
    .strictObject({ count: positive, seed: z.int().default(1) })
    .optional()
    .describe('So many of its problems, which ones is decided by the seed.'),
});
const problemList = z.union([z.array(problems), problems.transform((one) => [one])]);

const teacher = z.strictObject({
  ...endpoint,
  ...recorded,
  ...answering,
  prompt: prompt.default({}),
  system: z.string().optional(),
  temperature: z.number().min(0).max(2).default(0.6),
  topP: z.number().gt(0).max(1).default(0.95),
  maxTokens: positive.default(32_768),
  maxTokensRaised: positive.optional(),
  samples: positive.default(4).describe('At most, in their order.'),
  keepVerified: positive
    .default(1)
    .describe('Verified answers that are kept of each problem, at most; a target counts problems.'),
  onSuspect: z
    .enum(['keep', 'drop'])
    .default('keep')
    .describe(
      'What becomes of a problem whose reference the samples speak against: its right answers are kept, or nothing.',
    ),
  choose: z
    .enum(['first', 'shortest', 'longest', 'diverse'])
    .default('first')
    .describe('Which verified answers are kept: the first, or of all samples those that are.'),
  race: positive.default(1).describe('How many samples are asked for at once.'),
  onTruncated: z.enum(['reject', 'raise']).default('reject'),
  accept: accept
    .default(['boxed', 'tagged', 'cue'])
    .describe('Where its answer may stand; strict, for what is verified becomes training data.'),
  reasoning: z
    .enum(['required', 'optional'])
    .default('optional')
    .describe('Whether a verified answer without reasoning is a failed sample.'),
  keep: z
    .strictObject({
      languages: z
        .array(z.string().regex(/^[a-z]{2}$/, 'wants a code of two letters, such as en'))
        .min(1)
        .optional(),
      maxRepeat: z.number().min(0).max(1).optional(),
      tokens: z.strictObject({ min: positive.optional(), max: positive.optional() }).optional(),
      without: z.array(z.string().min(1)).optional(),
    })
    .default({})
    .describe('What a verified answer must be like: a sample that is not is tried again.'),
  seed: z.int().optional(),
  stream: z.boolean().default(true),
  levels: z
    .array(z.enum(['easy', 'level_5', 'level_4', 'level_3', 'level_2', 'level_1']))
    .min(1)
    .optional()
    .describe('Of several teachers: the levels whose problems it is asked about; default: all.'),
});
/** One teacher, whatever its place. */
export const teacherSchema = teacher;
const teachers = z
  .union([teacher, z.array(teacher).min(1)])
  .describe('Writes the reasoning. Of a list each is asked only about what those before it failed.');

const transport = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('embedded'),
    path: path.default('.sluice'),
    partitions: positive.max(1024).default(4),
  }),
  z.strictObject({
    kind: z.literal('kafka'),
    brokers: z
      .array(z.string().regex(/^(\[[^\]]+\]|[^:\s]+):\d{1,5}$/, 'wants host:port, such as kafka.example.com:9092'))
      .min(1),
    prefix: z
      .string()
      .regex(/^[a-zA-Z0-9._-]{1,60}$/, 'wants letters, digits, dots, hyphens and underscores, 60 at most')
      .default('sluice'),
    path: path.default('.sluice').describe('Folder of the local copies of the stores.'),
    partitions: positive.max(1024).default(6),
    replicationFactor: positive.optional(),
    instanceId: z.string().optional(),
    tls: z.union([z.boolean(), z.strictObject({ ca: path.optional() })]).default(false),
    sasl: z
      .strictObject({
        mechanism: z.enum(['plain', 'scram-sha-256', 'scram-sha-512']),
        username: z.string(),
        password: z.string(),
      })
      .optional(),
  }),
]);

/** Without a kind it is the embedded one. */
const withKind = (value: unknown): unknown =>
  value !== null && typeof value === 'object' && !('kind' in value) ? { kind: 'embedded', ...value } : value;

const name = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'wants lower-case letters, digits and hyphens, 40 at most');
const domains = z
  .preprocess(
    (value) => withKinds(value),
    z.record(
      name,
      z.discriminatedUnion(
        'kind',
        kinds.map(({ settings }) => settings) as unknown as [KindSettings, ...KindSettings[]],
      ),
    ),
  )
  .describe(
    'How the answers of a domain are judged: your own by its name, or other settings of maths, code and choice.',
  );

type KindSettings = z.ZodObject<{ kind: z.ZodLiteral<string> }, z.core.$loose>;

/** A domain that is called like a kind is of that kind. */
const withKinds = (value: unknown): unknown =>
  value === null || typeof value !== 'object' || Array.isArray(value)
    ? value
    : Object.fromEntries(
        Object.entries(value).map(([name, one]) => [name, kindOf(name) && isPlain(one) ? { kind: name, ...one } : one]),
      );

const isPlain = (value: unknown): value is object => value !== null && typeof value === 'object' && !('kind' in value);

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
  levels: levels.prefault({}),
  target: target.prefault({}),
  evaluation: dataSets.default([]).describe('DB_eval, for `evaluated`, `quantiles` and `sluice evaluate`.'),
  decontamination: z
    .strictObject({
      against: dataSets.default([]).describe('Evaluation sets; default: those under evaluation.'),
      drop: z.boolean().default(true).describe('Leave marked problems out of the run.'),
    })
    .prefault({}),
  teacher: teachers,
  budget: budget.optional(),
  transport: z.preprocess(withKind, transport).prefault({ kind: 'embedded' }),
  output: z.strictObject({ dir: path.default('out') }).prefault({}),
});

export type TeacherConfig = z.output<typeof teacherSchema>;
export type Config = Omit<z.output<typeof configSchema>, 'teacher'> & {
  /** The first who is asked. */
  readonly teacher: TeacherConfig;
  /** Those who are asked after it, in their order. */
  readonly cascade: readonly TeacherConfig[];
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
