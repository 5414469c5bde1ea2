/** What `sluice evaluate --json` says, as far as it is used here. */
export interface Evaluation {
  readonly problems: number;
  readonly right: number;
  readonly passAt1: number;
  readonly interval: readonly [number, number];
  readonly levels: Readonly<Record<string, number>>;
  readonly bySubject: Readonly<Record<string, Group>>;
  readonly bySourceLevel: Readonly<Record<string, Group>>;
  readonly against?: { readonly gained: number; readonly lost: number; readonly p: number };
}

export interface Group {
  readonly problems: number;
  readonly passAt1: number;
}

/** A student that was trained on what an arm let through. */
export interface Trained {
  readonly arm: string;
  readonly seed: number;
  readonly round: number;
  /** Of the records that it was trained on. */
  readonly emitted: Readonly<Record<string, number>>;
  /** On the exercises that no pool holds, against the student before any training. */
  readonly heldOut: Evaluation;
}

export interface Pretrained {
  readonly weights: number;
  readonly steps: number;
  readonly short: number;
  readonly solved: Readonly<Record<string, number>>;
}

export interface Results {
  readonly size: string;
  readonly commit: string;
  readonly minutes: number;
  readonly student: Pretrained;
  readonly larger: Pretrained | null;
  /** On the evaluation set. */
  readonly levels: Readonly<Record<string, Evaluation>>;
  /** The untrained student on the exercises that no pool holds. */
  readonly base: Evaluation;
  readonly trained: readonly Trained[];
}
