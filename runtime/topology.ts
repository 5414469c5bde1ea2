import type { GroupSpec, Headers } from './transport.ts';

/** Bytes of one record type. */
export interface Codec<T> {
  encode(record: T): Uint8Array;
  decode(bytes: Uint8Array): T;
}

/** A typed topic. `key` gives the record's key, which decides its partition. */
export interface Topic<T> {
  readonly name: string;
  readonly codec: Codec<T>;
  readonly key: (record: T) => string;
  /** Largest record in bytes that goes onto the topic; one that is larger becomes a dead letter. */
  readonly maxRecordBytes: number;
  /** It has one partition, whatever the others have: nothing needs its records apart. */
  readonly single?: boolean;
}

/** A stateless step: one record in, its outputs by port; a port that is left out emits nothing. */
export type Step<Input, Ports extends object> = (
  record: Input,
  /** Aborted where the work is let go of, and the record comes again. */
  signal: AbortSignal,
  /** Aborted when all of the input is in hand, and no more will come unless more is let in. */
  ended: AbortSignal,
) => Promise<Partial<Ports>>;

/** Which records of an input a stage takes, and when two of them are the same. */
export interface Distinct<Input> {
  /** Not this run's business: passed over. */
  readonly accepts: (record: Input, headers: Headers) => boolean;
  /** Of several records with one key the first is taken and the others are passed over. */
  readonly key: (record: Input) => string;
  /** Records of one key must agree in this; one that does not is a dead letter. */
  readonly content: (record: Input) => string;
  /** The dead letter's code. */
  readonly conflict: string;
}

/** A record with the input it came from. */
export type Tagged<Inputs extends object> = {
  [Name in keyof Inputs]: {
    readonly from: Name;
    readonly record: Inputs[Name];
    /** Whether the next word of this input is at hand: a fold may want to hear it before it decides. */
    readonly more?: boolean;
  };
}[keyof Inputs];

/** The engine's own word to a fold: every record of this input has been given to it, until more is let in. */
export type Drained<Inputs extends object> = { readonly drained: keyof Inputs };

/** The engine's question whether more is to be let through or moved, after each step that did so. */
export type Asked = { readonly asked: true };

/** After which commands the engine asks. */
export const asksAgain = ({ do: what }: Command): boolean =>
  what === 'unpark' || what === 'move' || what === 'announce';

/** What the engine keeps of a fold's commands, as of before this step. */
export interface Known {
  /** The order of the first record that waits in a queue; undefined where none does. */
  readonly head: (queue: string) => string | undefined;
  /** How many were let through so far, which is the number of the next. */
  readonly admissions: number;
  /** Whether more of the sources is wanted, as was said last; at first it is. */
  readonly intake: boolean;
}

/** What a fold tells the engine to do. Parked records wait on disk, in queues that the engine owns. */
export type Command =
  /** Lets the record of this step through. */
  | { readonly do: 'admit' }
  /** Keeps the record of this step in a queue; queues are ordered by `order`, then by arrival. */
  | { readonly do: 'park'; readonly queue: string; readonly order: string }
  /** Lets the first parked record of a queue through. */
  | { readonly do: 'unpark'; readonly queue: string }
  /** Puts the first parked record of a queue into another one. */
  | {
      readonly do: 'move';
      readonly from: string;
      readonly into: string;
      readonly order: (key: string, before: string) => string;
    }
  /** The same with its order as it is; its output says that it is next in turn, and it is not let through. */
  | { readonly do: 'announce'; readonly from: string; readonly into: string }
  /** Closes the admission of this key. With `park`, its record goes back into a queue. */
  | { readonly do: 'settle'; readonly key: string; readonly park?: { readonly queue: string; readonly order: string } }
  /** Says whether more of the sources is wanted. */
  | { readonly do: 'intake'; readonly open: boolean }
  /** No record will be let through any more, unless more is let in: the fold's output is sealed. */
  | { readonly do: 'finish' };

/**
 * A stateful step: small counters and commands. The state is plain JSON. A record of the input `parks` is given once,
 * and again only as a retry after its admission was settled; one of the input `settles` only while the admission of its
 * key is open. A step that throws makes its record a dead letter, and nothing else.
 */
export interface Fold<Inputs extends object, State, Output, Parks extends keyof Inputs = keyof Inputs> {
  /** A number for the state's shape, raised whenever it changes: a store that another version has counted is not read. */
  readonly form: number;
  readonly initial: State;
  readonly parks: Parks;
  readonly settles?: { readonly input: keyof Inputs; readonly key: (record: never) => string };
  readonly step: (
    state: State,
    input: Tagged<Inputs> | Drained<Inputs> | Asked,
    known: Known,
  ) => { readonly state: State; readonly commands: readonly Command[] };
  /** The output of a record that is let through; null: it is announced. */
  readonly release: (record: Inputs[Parks], admission: number | null) => Output;
}

/** One arrow of the diagram, with what runs on it. The type parameters are checked by the builder and then let go. */
export type Edge = StepEdge | FoldEdge;

export interface StepEdge {
  readonly kind: 'step';
  readonly stage: string;
  readonly input: Topic<unknown>;
  readonly distinct: Distinct<unknown> | null;
  readonly step: Step<unknown, object>;
  readonly outputs: Readonly<Record<string, Topic<unknown>>>;
  /** What a dead letter of this stage means downstream, written in the letter's own commit. */
  readonly deadLetter: { readonly port: string; readonly become: (input: unknown) => unknown } | null;
}

export interface FoldEdge {
  readonly kind: 'fold';
  readonly stage: string;
  readonly inputs: Readonly<Record<string, Topic<unknown>>>;
  readonly fold: AnyFold;
  readonly output: Topic<unknown>;
}

type AnyFold = Omit<Fold<Record<string, unknown>, unknown, unknown>, 'settles'> & {
  readonly settles?: { readonly input: string; readonly key: (record: unknown) => string };
};

type TopicsOf<Records extends object> = { readonly [Name in keyof Records]: Topic<Records[Name]> };

/** A flow from one topic. `.to` is exhaustive: every port needs a topic of its type. */
export const from = <Input>(input: Topic<Input>, distinct?: Distinct<Input>) => ({
  via: <Ports extends object>(stage: string, step: Step<Input, Ports>) => ({
    to: (outputs: TopicsOf<Ports>) => {
      const edge = { kind: 'step', stage, input, distinct: distinct ?? null, step, outputs, deadLetter: null };
      return {
        ...(edge as unknown as StepEdge),
        deadLettersAs: <Port extends keyof Ports>(port: Port, become: (input: Input) => Ports[Port]): StepEdge =>
          ({ ...edge, deadLetter: { port, become } }) as unknown as StepEdge,
      };
    },
  }),
});

/** A flow from several topics into one stateful step. */
export const merge = <Inputs extends object>(inputs: TopicsOf<Inputs>) => ({
  fold: <State, Output, Parks extends keyof Inputs>(stage: string, fold: Fold<Inputs, State, Output, Parks>) => ({
    to: (output: Topic<Output>): FoldEdge => ({ kind: 'fold', stage, inputs, fold, output }) as unknown as FoldEdge,
  }),
});

export interface Topology {
  readonly name: string;
  readonly edges: readonly Edge[];
  /** Names of the topics that no stage of this topology writes. */
  readonly sources: readonly string[];
}

export const topology = (name: string, ...edges: readonly Edge[]): Topology => {
  const written = new Set(edges.flatMap(outputsOf));
  const read = new Set(edges.flatMap(inputsOf));
  for (const edge of edges) {
    const wide = edge.kind === 'step' && edge.input.single && outputTopics(edge).find(({ single }) => !single);
    if (wide) throw new Error(`${edge.stage}: its one task cannot seal the partitions of ${wide.name}`);
  }
  return { name, edges, sources: [...read].filter((topic) => !written.has(topic)) };
};

export const inputsOf = (edge: Edge): string[] =>
  edge.kind === 'step' ? [edge.input.name] : Object.values(edge.inputs).map((topic) => topic.name);

export const outputTopics = (edge: Edge): Topic<unknown>[] =>
  edge.kind === 'step' ? Object.values(edge.outputs) : [edge.output];

export const outputsOf = (edge: Edge): string[] => outputTopics(edge).map((topic) => topic.name);

/** What each stage reads, and how it shares it: the group that its processes join. */
export const groupOf = (edge: Edge): GroupSpec => ({
  stage: edge.stage,
  inputs: inputsOf(edge),
  ownership: edge.kind === 'fold' ? 'exclusive' : 'partitioned',
});

/** The diagram as text, one line an edge. */
export const describe = ({ edges }: Topology): string =>
  edges.map((edge) => `${inputsOf(edge).join(' + ')} ─${edge.stage}─▶ ${outputsOf(edge).join(', ')}`).join('\n');
