import type { AnyFormat } from '../format/format.ts';
import * as all from './all.ts';

const formats: readonly AnyFormat[] = Object.values<AnyFormat>(all);

const namesOf = (all: readonly AnyFormat[]): string[] => [...new Set(all.map(({ name }) => name))].sort();

/** Those that come with Sluice. */
export const formatNames: readonly string[] = namesOf(formats);

export const formatNamesWith = (brought: readonly AnyFormat[]): readonly string[] => namesOf([...formats, ...brought]);

/** The formats of a name, each made from another product; the usual one first. One that is brought goes before ours. */
export const formatsNamed = (name: string, brought: readonly AnyFormat[] = []): readonly AnyFormat[] =>
  [...brought, ...formats].filter((format) => format.name === name).sort((one, other) => usual(other) - usual(one));

const usual = ({ from }: AnyFormat): number => (from === 'cot' ? 1 : 0);
