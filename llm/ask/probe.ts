import { z } from 'zod';
import { EndpointFault } from '../endpoint-fault.ts';
import { LlmError } from '../errors.ts';
import { readText } from '../http/answers/body.ts';
import { type Alive, watched } from '../http/answers/watchdog.ts';
import { type Connection, connect } from '../http/connect/connection.ts';
import { faultOf } from '../http/faults/fault-of.ts';
import { canonical, digest } from '../journal/journal-key.ts';
import { type Mask, maskOf } from '../mask.ts';
import { type EndpointSettings, secretsOf } from '../settings.ts';
import { adaptation } from './adaptation.ts';
import { asTaken, complete, withExtra } from './chat.ts';
import { readPooling } from './pooling.ts';

export type Probe =
  /** `metadata`: fingerprint of what the endpoint says about the model; null where it says nothing. */
  | { readonly ok: true; readonly metadata: string | null }
  /** One line: what is wrong and what to do. */
  | { readonly ok: false; readonly message: string };

const patience = { first: 60_000, idle: 60_000, silent: 60_000, whole: 300_000 };

/** What is sent along in an endpoint's usual requests: a refusal of that is to be found out, too. */
export interface ProbeSettings extends EndpointSettings {
  readonly extraBody?: Readonly<Record<string, unknown>> | undefined;
}

/** Asks an endpoint once for a single token (or a process reward model for a single score), without retrying. */
export const probe = async (settings: ProbeSettings, kind: 'chat' | 'pooling', signal: AbortSignal): Promise<Probe> => {
  const mask = maskOf(secretsOf(settings));
  let connection: Connection | undefined;
  try {
    connection = connect(settings);
    const ask = kind === 'chat' ? askChat(connection, settings, mask) : askPooling(connection, settings);
    await watched(signal, patience, ask);
    return { ok: true, metadata: await metadataOf(connection, settings, signal) };
  } catch (error) {
    signal.throwIfAborted();
    const fault = faultOf(error, settings, mask);
    const { message } = fault instanceof LlmError ? (fault.ifEverybody ?? fault) : fault;
    return { ok: false, message: message.includes(settings.baseUrl) ? message : `${settings.baseUrl}: ${message}` };
  } finally {
    await connection?.close();
  }
};

const nothing = (): void => {};

type Ask = (signal: AbortSignal, alive: Alive) => Promise<unknown>;

const askChat = (connection: Connection, { baseUrl, model, extraBody }: ProbeSettings, mask: Mask): Ask => {
  const body = withExtra({ model, messages: [{ role: 'user', content: 'Say yes.' }], max_tokens: 1 }, extraBody);
  return (signal, alive) =>
    complete(
      body,
      { baseUrl, connection, signal, alive, unstreamed: nothing, counted: nothing, mask, note: nothing },
      adaptation(extraBody),
    );
};

const askPooling = (connection: Connection, { model, extraBody }: ProbeSettings): Ask => {
  const messages = [
    { role: 'user', content: 'What is 1 + 1?' },
    { role: 'assistant', content: '1 + 1 = 2<extra_0>' },
  ];
  const body = withExtra({ model, messages, task: 'token_classify' }, extraBody);
  return async (signal, alive) => {
    const json = await asTaken(body, { note: nothing }, adaptation(extraBody), async (sent) =>
      readText(await connection.post('/pooling', sent, signal), alive),
    );
    const { values } = readPooling(json, 1);
    if (values.length !== 1) throw new EndpointFault('malformed', `${values.length} rows for one step: no step scores`);
  };
};

const modelsSchema = z.object({ data: z.array(z.looseObject({ id: z.string() })) });

/** Fields that change from one asking to the next and say nothing about the weights. */
const volatile = new Set(['created', 'permission']);

/** What a server says about its model, as a fingerprint; null where it says nothing, or is away. Asks for no answer. */
export const modelMetadata = async (settings: EndpointSettings, signal: AbortSignal): Promise<string | null> => {
  let connection: Connection | undefined;
  try {
    connection = connect(settings);
    return await metadataOf(connection, settings, signal);
  } catch {
    signal.throwIfAborted();
    return null;
  } finally {
    await connection?.close();
  }
};

/** SHA-256 of the model's entry in `/models`: another value under the same name means other weights or settings. */
const metadataOf = async (connection: Connection, settings: EndpointSettings, signal: AbortSignal) => {
  try {
    const text = await watched(signal, patience, async (inner, alive) =>
      readText(await connection.get('/models', inner), alive),
    );
    const entry = modelsSchema.parse(JSON.parse(text)).data.find(({ id }) => id === settings.model);
    if (entry === undefined) return null;
    return digest(
      'metadata',
      canonical(Object.fromEntries(Object.entries(entry).filter(([name]) => !volatile.has(name)))),
    );
  } catch {
    signal.throwIfAborted();
    return null;
  }
};
