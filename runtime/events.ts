/** What the engine tells whoever watches: metrics, the live view, logs. Processors never see it. */
export type RuntimeEvent =
  | {
      readonly kind: 'taken';
      readonly stage: string;
      readonly partition: number;
      readonly offset: number;
      readonly key: string;
    }
  | { readonly kind: 'passed-over'; readonly stage: string; readonly partition: number }
  | {
      readonly kind: 'completed';
      readonly stage: string;
      readonly partition: number;
      readonly offset: number;
      readonly key: string;
      readonly ports: readonly string[];
    }
  | {
      readonly kind: 'dead-letter';
      readonly stage: string;
      readonly partition: number;
      readonly offset: number;
      readonly key: string;
      readonly code: string;
      readonly message: string;
      /** False: it died at the door, before it was taken. */
      readonly taken: boolean;
    }
  | {
      readonly kind: 'committed';
      readonly stage: string;
      readonly partition: number;
      readonly records: number;
      readonly milliseconds: number;
    }
  /** A stateful step has said what is to become of a record; it is durable with the stage's next commit. */
  | {
      readonly kind: 'decided';
      readonly stage: string;
      readonly key: string;
      readonly became: 'admitted' | 'parked';
    }
  | {
      readonly kind: 'folded';
      readonly stage: string;
      readonly state: unknown;
      /** New records of the input that is parked from. */
      readonly arrived: number;
      readonly admitted: number;
      readonly parked: number;
    }
  | {
      readonly kind: 'assigned' | 'lost';
      readonly stage: string;
      readonly sources: readonly { readonly topic: string; readonly partition: number }[];
    }
  /** The processes that share a stage have changed; told by transports that share. */
  | {
      readonly kind: 'rebalanced';
      readonly stage: string;
      readonly generation: number;
      readonly tasks: readonly number[];
    }
  /** A broker holds the process back by a quota. */
  | { readonly kind: 'throttled'; readonly milliseconds: number }
  /** A transaction was given up; what it held is tried again. */
  | { readonly kind: 'aborted' }
  | {
      readonly kind: 'sealed';
      readonly stage: string;
      readonly topic: string;
      readonly partition: number;
      readonly end: number;
    }
  | { readonly kind: 'intake'; readonly open: boolean };

export type Observe = (event: RuntimeEvent) => void;
