import { LlmError } from '../errors.ts';
import type { ScoreReply, ScoreRequest, StepScorer, Usage } from '../port.ts';

/** Bytes that make a token in dense maths, where many are single digits and signs: small, so that windows fit. */
const bytesPerToken = 2;
/** Tokens for the chat template and the system prompt. */
const overhead = 96;
/** Share of a window's room that repeats the steps before it, as context. */
const contextShare = 0.25;

interface Piece {
  readonly step: number;
  readonly text: string;
  readonly tokens: number;
}

interface Window {
  readonly texts: readonly string[];
  /** Index of the first piece that is scored here; those before are context. */
  readonly skip: number;
  readonly pieces: readonly Piece[];
}

/**
 * Keeps every request of a scorer within `maxTokens` by its own estimate. A trajectory that is longer is scored in
 * windows, each beginning with some of the steps before it as context; a step that is longer than a window is scored
 * in pieces and is as good as the worst of them. Nothing is cut off. Put the journal inside: each window is an entry.
 */
export const windowed = (scorer: StepScorer, maxTokens: number): StepScorer => {
  return async (request, signal) => {
    const windows = windowsOf(request, maxTokens);
    if (windows.length === 1 && windows[0]!.pieces.length === request.steps.length) return scorer(request, signal);
    const replies: ScoreReply[] = [];
    for (const { texts } of windows) replies.push(await scorer({ ...request, steps: texts }, signal));
    return joined(request.steps.length, windows, replies);
  };
};

/** Parts the steps into windows of at most `maxTokens`, every piece being scored in exactly one. */
const windowsOf = ({ statement, steps }: ScoreRequest, maxTokens: number): Window[] => {
  const room = maxTokens - overhead - tokensOf(statement);
  if (room < maxTokens / 8) throw tooLong(tokensOf(statement), maxTokens);
  const pieces = steps.flatMap((text, step) => piecesOf(text, step, Math.floor(room * (1 - contextShare))));
  const windows: Window[] = [];
  for (let start = 0; start < pieces.length; ) {
    const context = contextBefore(pieces, start, room * contextShare);
    const end = endOf(pieces, start, room - sum(context));
    const scored = pieces.slice(start, end);
    windows.push({ texts: [...context, ...scored].map(({ text }) => text), skip: context.length, pieces: scored });
    start = end;
  }
  return windows;
};

const tokensOf = (text: string): number => Math.ceil(Buffer.byteLength(text) / bytesPerToken) + 1;

const tooLong = (tokens: number, maxTokens: number): LlmError =>
  new LlmError('request-too-large', `a statement of about ${tokens} tokens leaves no room in a window of ${maxTokens}`);

const piecesOf = (text: string, step: number, most: number): Piece[] => {
  const tokens = tokensOf(text);
  if (tokens <= most) return [{ step, text, tokens }];
  const pieces: Piece[] = [];
  // A character has at most three bytes a UTF-16 unit.
  const length = Math.max(1, Math.floor(((most - 1) * bytesPerToken) / (isAscii(text) ? 1 : 3)));
  for (let start = 0; start < text.length; ) {
    const end = breakBefore(text, start, start + length);
    const piece = text.slice(start, end);
    if (piece.trim() !== '') pieces.push({ step, text: piece.trim(), tokens: tokensOf(piece) });
    start = end;
  }
  return pieces;
};

const isAscii = (text: string): boolean => Buffer.byteLength(text) === text.length;

/** Prefers to break after white space in the last quarter, and never inside a surrogate pair. */
const breakBefore = (text: string, start: number, end: number): number => {
  if (end >= text.length) return text.length;
  const space = text.slice(start, end).search(/\s\S*$/);
  if (space > ((end - start) * 3) / 4) return start + space + 1;
  return end - start > 1 && /[\uD800-\uDBFF]/.test(text[end - 1]!) ? end - 1 : end;
};

const contextBefore = (pieces: readonly Piece[], start: number, room: number): Piece[] => {
  let first = start;
  for (let left = room - (pieces[first - 1]?.tokens ?? 0); first > 0 && left >= 0; ) {
    first--;
    left -= pieces[first - 1]?.tokens ?? 0;
  }
  return pieces.slice(first, start);
};

const endOf = (pieces: readonly Piece[], start: number, room: number): number => {
  let end = start + 1;
  for (let left = room - pieces[start]!.tokens; end < pieces.length && left >= pieces[end]!.tokens; end++) {
    left -= pieces[end]!.tokens;
  }
  return end;
};

const sum = (pieces: readonly Piece[]): number => pieces.reduce((total, { tokens }) => total + tokens, 0);

const joined = (steps: number, windows: readonly Window[], replies: readonly ScoreReply[]): ScoreReply => {
  const scores = new Array<number>(steps).fill(1);
  windows.forEach(({ pieces, skip }, window) => {
    pieces.forEach(({ step }, index) => {
      scores[step] = Math.min(scores[step]!, replies[window]!.scores[skip + index]!);
    });
  });
  const total = (field: keyof Usage) => replies.reduce((tokens, { usage }) => tokens + (usage[field] ?? 0), 0);
  return {
    scores,
    usage: {
      promptTokens: total('promptTokens'),
      completionTokens: total('completionTokens'),
      cachedTokens: total('cachedTokens'),
    },
    journaled: replies.every(({ journaled }) => journaled),
    simulated: replies.some(({ simulated }) => simulated),
  };
};
