import { parse, View, Warn } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import type { Interval } from '../../flow/evaluation/intervals.ts';

const look = {
  $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
  width: 520,
  background: 'white',
  config: { font: 'system-ui, sans-serif', view: { stroke: null }, axis: { labelAngle: 0 } },
};

const drawn = async (spec: object): Promise<string> => {
  const view = new View(parse(compile({ ...look, ...spec } as TopLevelSpec).spec), {
    renderer: 'none',
    logLevel: Warn,
  });
  try {
    return `${await view.toSVG()}\n`;
  } finally {
    view.finalize();
  }
};

export interface Row {
  readonly name: string;
  readonly mean: number;
  readonly interval: Interval | null;
}

/** A mean a row with its 95 % interval; the line is what they are held against. */
export const means = (rows: readonly Row[], title: string, line: number): Promise<string> => {
  const values = rows.map(({ name, mean, interval }) => ({
    name,
    mean,
    low: interval?.[0] ?? mean,
    high: interval?.[1] ?? mean,
  }));
  const y = { field: 'name', type: 'nominal', sort: null, title: null };
  const x = { type: 'quantitative', axis: { format: '.0%' }, scale: { zero: false } };
  return drawn({
    height: { step: 26 },
    data: { values },
    layer: [
      { mark: { type: 'rule', color: '#999', strokeDash: [4, 3] }, encoding: { x: { datum: line, ...x } } },
      {
        mark: { type: 'rule', strokeWidth: 3, color: '#888' },
        encoding: { y, x: { ...x, field: 'low', title }, x2: { field: 'high' } },
      },
      {
        mark: { type: 'point', filled: true, opacity: 1, size: 80, color: '#1f6feb' },
        encoding: { y, x: { ...x, field: 'mean' } },
      },
    ],
  });
};

export interface Cell {
  readonly group: string;
  readonly name: string;
  readonly share: number;
}

/** A line a name over the groups, in their order. */
export const lines = (cells: readonly Cell[], title: string): Promise<string> =>
  drawn({
    height: 240,
    data: { values: cells },
    mark: { type: 'line', point: true },
    encoding: {
      x: { field: 'group', type: 'ordinal', sort: null, title },
      y: { field: 'share', type: 'quantitative', axis: { format: '.0%' }, title: 'right' },
      color: { field: 'name', type: 'nominal', sort: null, title: null },
    },
  });

/** Shares side by side. */
export const bars = (cells: readonly Cell[], title: string): Promise<string> =>
  drawn({
    height: 200,
    data: { values: cells },
    mark: 'bar',
    encoding: {
      x: { field: 'group', type: 'nominal', sort: null, title: null },
      xOffset: { field: 'name', sort: null },
      y: { field: 'share', type: 'quantitative', axis: { format: '.0%' }, title },
      color: { field: 'name', type: 'nominal', sort: null, title: null },
    },
  });
