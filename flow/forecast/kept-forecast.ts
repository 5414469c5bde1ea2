import { hash } from 'node:crypto';
import { canonical } from '../../llm/journal/journal-key.ts';
import type { Transport } from '../../runtime/transport.ts';
import { levels } from '../../schemas/hardness.ts';
import { type Config, teachersOf } from '../settings/schema.ts';
import { shaping } from '../settings/shaping.ts';
import type { Forecast } from './forecast.ts';
import type { Range } from './range.ts';

const KEY = 'forecast';

/** Keeps a forecast with its run, for the line that a start says. */
export const keepForecast = (transport: Transport, config: Config, forecast: Forecast): Promise<void> =>
  transport.table('settings').put(KEY, KEY, Buffer.from(JSON.stringify({ of: basisOf(config), forecast })));

/** What a start says of the money, in one line; null where no price is set. */
export const forecastLine = async (transport: Transport, config: Config): Promise<string | null> => {
  if (
    ![config.student, ...teachersOf(config).map(([, one]) => one)].some(
      ({ price }) => price.input > 0 || price.output > 0,
    )
  )
    return null;
  const stored = await transport.table('settings').get(KEY, KEY);
  if (!stored) return 'no forecast: `sluice plan` asks about some problems and says what the whole run comes to';
  const { of, forecast } = JSON.parse(Buffer.from(stored).toString()) as { of: string; forecast: Forecast };
  if (of !== basisOf(config)) return 'the forecast is of other settings: `sluice plan` makes it anew';
  return sentenceOf(forecast);
};

/** Everything that a forecast rests on. */
const basisOf = (config: Config): string => {
  const { student, scorer, budget, target, problems } = config;
  const teachers = teachersOf(config).map(([, one]) => [one.price, one.budget]);
  const money = { student: [student.price, student.budget], teachers, scorer, budget };
  return hash('sha256', canonical({ shape: shaping(config), records: target.records, problems, money }));
};

const sentenceOf = ({ pilot, cost, batchCost, records, levels: found, budget }: Forecast): string => {
  const short = levels
    .filter((level) => found[level].shortChance > 0.5)
    .map((level) => `${level} by about ${count(found[level].short?.expected ?? 0)}`);
  return [
    `forecast from ${pilot} problems: cost ${between(cost, money)}, by batch ${money(batchCost.expected)}, for ${between(records, count)} records`,
    ...(short.length === 0 ? [] : [`short: ${short.join(', ')}`]),
    ...(budget && budget.suffices < 0.5 ? [`the budget allows about ${count(budget.records.expected)} of them`] : []),
  ].join('; ');
};

const between = ({ expected, low, high }: Range, text: (value: number) => string): string =>
  text(low) === text(high) ? text(expected) : `${text(expected)} (${text(low)} to ${text(high)})`;

const count = (value: number): string => Math.round(value).toLocaleString('en-US');
const money = (value: number): string => (value >= 100 ? count(value) : value.toPrecision(3));
