import { bodyOf, withPrefill } from '../ask/chat.ts';
import { EndpointFault } from '../endpoint-fault.ts';
import { LlmError } from '../errors.ts';
import { readCompletion, replyOf } from '../http/answers/completion.ts';
import { faultOf } from '../http/faults/fault-of.ts';
import { chatEntry } from '../journal/journaled.ts';
import { maskOf } from '../mask.ts';
import { accountName } from '../money/account-name.ts';
import { costOf } from '../money/prices.ts';
import { secretsOf } from '../settings.ts';
import type { RowResult } from './protocol.ts';
import type { BatchRow, Maker } from './record.ts';
import { type Asked, fail, type Standing } from './standing.ts';

/** What comes of one row; false: it is to be asked again. */
export const takeRow = async (standing: Standing, result: RowResult, row: BatchRow, maker: Maker): Promise<boolean> => {
  const { settings, deps } = standing;
  const asked = standing.asked.get(result.id);
  const { account = settings.model, price, prefill, answersInThinking } = settings;
  const read = readRow(standing, result, asked);
  if (read instanceof EndpointFault) return false;
  if (read instanceof LlmError) {
    standing.underway.delete(result.id);
    if (asked) fail(standing, asked, read);
    if (maker === 'earlier') await deps.budget?.correct(accountName(account, row.part), row.reserved);
    return true;
  }
  const reply = replyOf(withPrefill(read, prefill), asked?.request.messages ?? [], {
    answersInThinking,
    mask: maskOf(secretsOf(settings)),
    most: { promptTokens: row.reserved.tokens, completionTokens: row.reserved.tokens },
  });
  standing.answered++;
  await deps.journal.put(row.problem, row.key, chatEntry(reply, { model: settings.model, price }));
  standing.underway.delete(result.id);
  // Who asked while the answer was on its way into the journal did not find it there.
  const waiting = standing.asked.get(result.id);
  standing.asked.delete(result.id);
  const spent = costOf(price, reply.usage);
  if (waiting?.reservation) waiting.reservation.settle(spent);
  else if (maker === 'earlier') {
    const { tokens, cost } = row.reserved;
    await deps.budget?.correct(accountName(account, row.part), {
      tokens: tokens - spent.tokens,
      cost: cost - spent.cost,
    });
  }
  if (waiting) waiting.resolve(reply);
  else deps.unclaimed?.(reply);
  return true;
};

/** A row's completion, a fault that is to be tried again, or what is wrong with the record. */
const readRow = ({ settings, adapted }: Standing, result: RowResult, asked: Asked | undefined) => {
  const mask = maskOf(secretsOf(settings));
  try {
    if (result.status >= 200 && result.status < 300) return readCompletion(JSON.stringify(result.body));
    if (result.status === 0) return new EndpointFault('hung', `a row of a batch: ${result.code ?? 'no answer'}`);
    const said = (result.body as { error?: unknown } | null)?.error ?? result.body;
    const message = JSON.stringify(said) ?? '';
    const error = Object.assign(new Error(message), { status: result.status, error: said });
    const sent = asked ? adapted.applied(bodyOf(settings, asked.request, false)) : {};
    if (adapted.learns(error, sent, () => {})) return new EndpointFault('server-error', message.slice(0, 200));
    return faultOf(error, settings, mask);
  } catch (error) {
    return faultOf(error, settings, mask);
  }
};
