/** Where the models are served, and which weights the student's are. */
export interface Models {
  readonly student: string;
  readonly revision: string;
  /** Of the teacher and the reward model. */
  readonly worked: string;
}

export interface Draw {
  readonly records: number;
  readonly distribution: unknown;
  readonly seed: number;
  /** Runs whose exercises are not to come again. */
  readonly exclude?: readonly string[];
}

/** The statement is the whole prompt: the student knows no other words. */
const prompt = { maths: '{statement}' };

/** The settings of a run, as `sluice.yaml` has them. All runs share a store, so that no answer is asked for twice. */
export const settingsOf = (models: Models, evaluation: string, draw?: Draw) => ({
  problems: [{ path: 'pool.jsonl' }],
  evaluation: [{ path: evaluation }],
  decontamination: { against: [] },
  student: {
    ...{ baseUrl: `${models.student}/v1`, model: 'student', revision: models.revision },
    ...{ prompt, maxTokens: 128, accept: ['tagged'] },
  },
  scorer: { kind: 'prm', baseUrl: models.worked, model: 'worked' },
  target: {
    ...{ records: draw?.records ?? 1, distribution: draw?.distribution ?? 'natural', seed: draw?.seed ?? 1 },
    ...{ exclude: draw?.exclude ?? [], admit: 'after-grading', onShortfall: 'redistribute' },
  },
  teacher: { baseUrl: `${models.worked}/v1`, model: 'worked', prompt, maxTokens: 128, samples: 1 },
  transport: { kind: 'embedded', path: 'store' },
});
