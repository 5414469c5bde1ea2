import type { Finish } from '../../port.ts';

/** Reasons that say that the server gave up: there is no answer, and it is asked for again. */
export type Reason = Finish | 'gave-up';

/**
 * Reads why a model stopped, in whichever spelling: a name in any case, an object that holds one, or Gemini's numbers.
 */
export const finishOf = (reason: unknown): Reason => {
  if (Array.isArray(reason)) return finishOf(typeof reason[0] === 'string' ? reason[0] : null);
  if (typeof reason === 'number') return numbered[reason] ?? 'other';
  if (typeof reason === 'object' && reason !== null) {
    const { type, reason: inner, finish_reason, name, value } = reason as Record<string, unknown>;
    const named = [type, inner, finish_reason, name, value].find((one) => typeof one === 'string');
    return named === undefined ? 'other' : finishOf(named);
  }
  if (typeof reason !== 'string') return 'other';
  if (Object.hasOwn(names, reason)) return names[reason]!;
  const name = reason
    .slice(0, 100)
    .replace(/([a-z])(?=[A-Z])/g, '$1_')
    .toLowerCase()
    .replace(/[\s.-]/g, '_')
    .replace(/^finish_?reason_/, '');
  if (Object.hasOwn(names, name)) return names[name]!;
  if (/length|tokens|limit|context|truncated|incomplete/.test(name)) return 'length';
  return /filter|safety|moderation|guardrail|policy|prohibited|toxic|security/.test(name) ? 'refused' : 'other';
};

/** Whether a reason is none yet: servers that fill the field in every piece have words for it. */
export const isUnfinished = (reason: unknown): boolean => {
  if (typeof reason === 'string') return /^(?:|null|none|(?:finish_?reason_)?unspecified)$/i.test(reason.trim());
  return !reason || (typeof reason === 'object' && Object.keys(reason).length === 0);
};

const names: Readonly<Record<string, Reason>> = {
  stop: 'stop',
  eos: 'stop',
  eos_token: 'stop',
  stop_token: 'stop',
  stop_sequence: 'stop',
  stop_word: 'stop',
  end_turn: 'stop',
  end_of_turn: 'stop',
  end: 'stop',
  complete: 'stop',
  completed: 'stop',
  finished: 'stop',
  done: 'stop',
  normal: 'stop',
  content_filter: 'refused',
  contentfilter: 'refused',
  safety: 'refused',
  recitation: 'refused',
  blocklist: 'refused',
  prohibited_content: 'refused',
  spii: 'refused',
  refusal: 'refused',
  sensitive: 'refused',
  censored: 'refused',
  insufficient_system_resource: 'gave-up',
  abort: 'gave-up',
  aborted: 'gave-up',
  cancelled: 'gave-up',
  error: 'gave-up',
  network_error: 'gave-up',
  server_error: 'gave-up',
};

const numbered: Readonly<Record<number, Reason>> = { 1: 'stop', 2: 'length', 3: 'refused', 4: 'refused', 5: 'other' };
