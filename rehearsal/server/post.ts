import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Body } from '../models/answers.ts';
import type { RehearsalSettings } from '../models/settings.ts';
import { hasMishaps, type Mishap, mishapOf } from './faults.ts';
import { delayOf } from './latency.ts';
import { chatReply, poolingReply, type Reply } from './replies.ts';
import { respond, sendJson } from './respond.ts';
import type { Counts } from './stats.ts';

/** Answers one request to a model, from its arrival to its last byte. */
export const post = async (
  request: IncomingMessage,
  response: ServerResponse,
  settings: RehearsalSettings,
  count: Counts,
): Promise<void> => {
  const number = count.arrived();
  response.once('close', count.left);
  const inFlight = count.inFlight;
  const body = await bodyOf(request);
  if (body === null) return refuse(response, count, 400, 'the body is no JSON object');
  if (!hasKey(request, settings)) return refuse(response, count, 401, 'wrong key');
  if (inFlight > (settings.faults.shedAbove ?? Number.POSITIVE_INFINITY)) return shed(response, settings, count);
  const mishap = hasMishaps(settings.faults) ? mishapOf(settings.faults, settings.seed, number) : 'none';
  const reply = replyTo(request.url ?? '', body, settings, mishap);
  if (reply === null) return refuse(response, count, 404, `no such path: ${request.url}`);
  if (reply.promptTokens > settings.contextTokens) return refuse(response, count, 400, 'the prompt is too long');
  count.asked(reply.model, reply.identity);
  if (mishap !== 'none') count.mishap(mishap);
  const delay = delayOf(settings, number, count.elapsed);
  if (delay <= 0) respond(response, reply, mishap, count);
  else setTimeout(respond, delay, response, reply, mishap, count);
};

const bodyOf = async (request: IncomingMessage): Promise<Body | null> => {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
    return body !== null && typeof body === 'object' ? body : null;
  } catch {
    return null;
  }
};

const hasKey = ({ headers }: IncomingMessage, { apiKey }: RehearsalSettings): boolean =>
  apiKey === null || headers.authorization === `Bearer ${apiKey}`;

const refuse = (response: ServerResponse, count: Counts, status: number, message: string): void => {
  count.refused();
  sendJson(response, status, { error: { message, code: status } });
};

const shed = (response: ServerResponse, { faults }: RehearsalSettings, count: Counts): void => {
  count.mishap('shed');
  if (faults.retryAfterSeconds !== null) response.setHeader('retry-after', String(faults.retryAfterSeconds));
  sendJson(response, 429, { error: { message: 'too many requests at once', code: 429 } });
};

const replyTo = (path: string, body: Body, settings: RehearsalSettings, mishap: Mishap): Reply | null => {
  if (path.endsWith('/pooling')) return poolingReply(body, settings);
  return path.endsWith('/chat/completions') ? chatReply(body, settings, mishap === 'truncated') : null;
};
