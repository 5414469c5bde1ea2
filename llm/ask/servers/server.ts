import type { ChatSettings } from '../../settings.ts';

/** How much a model is to think: at most so many tokens, or with how much effort. */
export type Thinking = NonNullable<ChatSettings['thinking']>;

/** Fields of a request's body. */
export type Fields = Readonly<Record<string, unknown>>;

/** The words in which one kind of server takes what the OpenAI protocol does not say, by its documentation. */
export interface Server {
  /** Hosts whose name ends so. */
  readonly hosts: readonly string[];
  /** What asks for thinking. */
  readonly thinking: (thinking: Thinking) => Fields;
  /** What says that the last message is to be gone on with: a field of the message, fields of the body, nothing. */
  readonly prefill: 'prefix' | 'continue' | 'plain';
}
