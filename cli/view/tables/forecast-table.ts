import type { Forecast } from '../../../flow/forecast/forecast.ts';
import type { Range } from '../../../flow/forecast/range.ts';
import { levels } from '../../../schemas/hardness.ts';
import { duration, many, plainLine, whole } from '../../text.ts';
import { table } from './table.ts';

/** A forecast for a person: stage by stage, level by level, and what it comes to. */
export const forecastTable = (found: Forecast): string =>
  [
    `from a pilot of ${whole(found.pilot)} of ${many(found.problems, 'problem')}, whose answers the run uses; in brackets 95 % intervals`,
    '',
    table([
      ['stage', 'model', 'calls', 'tokens in', 'tokens out', 'cost', 'time'],
      ...found.stages.map((one) => [
        one.stage,
        one.model,
        range(one.calls, whole),
        range(one.promptTokens, whole) + part(one.cachedTokens, 'cached'),
        range(one.completionTokens, whole) + part(one.reasoningTokens, 'reasoning'),
        range(one.cost, money),
        one.seconds === null ? 'not measured' : range(one.seconds, duration),
      ]),
    ]),
    '',
    table([
      ['level', 'problems', 'wanted', 'emitted', 'short'],
      ...levels.map((level) => {
        const { problems, quota, emitted, short, shortChance } = found.levels[level];
        const missing = short === null || shortChance < 0.05 ? '' : `${range(short, whole)}, ${percent(shortChance)}`;
        return [level, range(problems, whole), quota === null ? '' : whole(quota), range(emitted, whole), missing];
      }),
    ]),
    ...partLines(found),
    '',
    `${some(found.records, 'record')} from ${some(found.graded, 'graded problem')}, ${some(found.tokens, 'token')}`,
    ...(found.cost.high > 0
      ? [`cost ${range(found.cost, money)}; by batch APIs ${range(found.batchCost, money)}`]
      : ['no prices are set: student.price and teacher.price tell the cost']),
    ...(found.seconds === null
      ? []
      : [`${range(found.seconds, duration)}, if the endpoints keep up with their concurrency as they did`]),
    ...budgetLines(found),
  ].join('\n');

const partLines = ({ parts }: Forecast): string[] =>
  parts
    ? [
        `of its parts the target wants ${Object.entries(parts)
          .map(([part, { share, quota }]) => `${plainLine(part)} ${quota === null ? percent(share) : whole(quota)}`)
          .join(', ')}; a level is forecast over all of them`,
      ]
    : [];

const budgetLines = ({ budget }: Forecast): string[] => {
  if (budget === null) return [];
  if (budget.suffices > 0.95) return ['the budget suffices'];
  return [`the budget allows ${some(budget.records, 'record')}, and suffices with ${percent(budget.suffices)}`];
};

const range = ({ expected, low, high }: Range, text: (value: number) => string): string =>
  text(low) === text(high) ? text(expected) : `${text(expected)} (${text(low)} to ${text(high)})`;

/** `1 record`, `12 (10 to 14) records`. */
const some = (found: Range, one: string): string => {
  const text = range(found, whole);
  return `${text} ${one}${text === '1' ? '' : 's'}`;
};

const part = ({ expected }: Range, what: string): string => (expected > 0 ? `, ${whole(expected)} ${what}` : '');

const money = (value: number): string => (value >= 1000 ? whole(value) : value.toPrecision(3));
const percent = (share: number): string => `${Math.round(100 * share)} %`;
