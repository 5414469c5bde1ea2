import type { Document, LineCounter } from 'yaml';
import type { Place } from '../../flow/settings/settings.ts';
import { plainLine } from '../text.ts';

/** @param overridden paths that the command line has set: what is wrong with them stands there */
export const placeIn =
  (document: Document, lines: LineCounter, file: string, overridden: readonly (readonly string[])[]): Place =>
  (path) => {
    const key = plainLine(path.join('.'));
    const set = overridden.find((one) => one.every((part, index) => part === String(path[index])));
    if (set) return `--set ${set.join('.')}${set.length < path.length ? `: ${key}` : ''}`;
    // The nearest key that stands in the file: a missing one has its parent's line.
    for (let length = path.length; length >= 0; length--) {
      const node = document.getIn(path.slice(0, length), true) as { range?: [number, number, number] } | undefined;
      const start = node?.range?.[0];
      const made = overridden.find((one) => path.slice(0, length).every((part, index) => one[index] === String(part)));
      if (node !== undefined && start === undefined && made) return `--set ${made.join('.')}: ${key}`;
      if (start === undefined) continue;
      return `${file}:${lines.linePos(start).line}: ${key || 'the file'}`;
    }
    return `${file}: ${key}`;
  };
