import type { AnyFormat } from '../format/format.ts';
import * as all from './all.ts';

const formats: readonly AnyFormat[] = Object.values<AnyFormat>(all);

export const formatNames: readonly string[] = [...new Set(formats.map(({ name }) => name))].sort();

/** The formats of a name, each made from another product; the usual one first. */
export const formatsNamed = (name: string): readonly AnyFormat[] =>
  formats.filter((format) => format.name === name).sort((one, other) => usual(other) - usual(one));

const usual = ({ from }: AnyFormat): number => (from === 'cot' ? 1 : 0);
