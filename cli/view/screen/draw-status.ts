import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { whoOf } from '../../../flow/status/notes/members.ts';
import type { Status } from '../../../flow/status/status.ts';
import { duration, many, plainLine, rate, whole } from '../../text.ts';
import { type Colors, cut, wrap } from './columns.ts';
import { drawLevels } from './draw-levels.ts';
import { drawParts } from './draw-parts.ts';
import { fitColumns } from './fit-columns.ts';
import { fitSections } from './fit-sections.ts';

/**
 * A status as lines of at most so many columns. Where there are fewer rows than lines, what a person needs least is left
 * out: what is out of order comes before what is as it should be.
 */
export const drawStatus = (status: Status, columns: number, color: Colors, rows = Number.POSITIVE_INFINITY): string[] =>
  fitSections(
    [
      { rank: 0, lines: [headline(status, columns, color)] },
      { rank: 6, lines: stageLines(status, columns, color) },
      { rank: 4, lines: endpointLines(status, columns, color) },
      { rank: 10, lines: batchLines(status, columns) },
      { rank: 3, lines: drawLevels(status, columns, color) },
      { rank: 9, lines: drawParts(status, columns) },
      { rank: 2, lines: wrap(stateLine(status), columns) },
      { rank: 5, lines: answerLines(status, color) },
      { rank: 11, lines: scoreLines(status) },
      { rank: 7, lines: wrap(spentLine(status), columns) },
      { rank: 1, lines: deadLines(status, columns, color) },
      ...reasonSections(status, columns),
    ].filter(({ lines }) => lines.length > 0),
    rows,
  ).map((line) => cutColored(line, columns));

const headline = ({ run, phase, seconds, target, etaSeconds }: Status, columns: number, color: Colors): string => {
  const wanted = target.records === null ? '' : ` of ${whole(target.records)}`;
  const time = seconds === null ? '' : `  ${duration(seconds)}`;
  const eta = phase === 'running' ? `  ETA ${etaSeconds === null ? '-' : duration(etaSeconds)}` : '';
  const figures = `  ${phase}  ${whole(target.emitted)}${wanted}`;
  const ways = [`${figures} emitted${time}${eta}`, `${figures} emitted${eta}`, figures + eta];
  const rest = ways.find((way) => stringWidth(run + way) <= columns) ?? figures + eta;
  return color.bold(cut(run, Math.max(10, columns - stringWidth(rest)))) + rest;
};

const stageLines = ({ stages }: Status, columns: number, color: Colors): string[] =>
  fitColumns(
    [
      { side: 'left', cells: stages.map(({ stage }) => stage) },
      { side: 'right', cells: stages.map(({ done }) => `${whole(done)} done`) },
      { side: 'right', cells: stages.map(({ perSecond }) => rate(perSecond)), dispensable: 1 },
      { side: 'right', cells: stages.map(({ inHand }) => `${whole(inHand)} in hand`) },
      { side: 'left', cells: stages.map(({ dead }) => (dead > 0 ? color.red(`${whole(dead)} dead`) : '')) },
    ],
    columns,
  );

const endpointLines = ({ endpoints, phase: ofTheRun }: Status, columns: number, color: Colors): string[] => {
  const nameOf = ({ model, member }: Endpoint): string =>
    plainLine(model).slice(0, 40) + (member === null ? '' : ` ${plainLine(member).slice(0, 40)}`);
  const stateOf = ({ phase }: Endpoint): string =>
    phase === 'open' ? '' : color.yellow(phase === 'stopped' && ofTheRun === 'draining' ? ofTheRun : phase);
  const cells = (text: (endpoint: Endpoint) => string) => endpoints.map(text);
  return fitColumns(
    [
      { side: 'left', cells: cells(({ role }) => role) },
      { side: 'left', cells: cells(nameOf), least: 8 },
      { side: 'right', cells: cells(({ inFlight, limit }) => `${inFlight} of ${limit} in flight`) },
      {
        side: 'right',
        cells: cells(({ waiting }) => `${waiting} ${waiting === 1 ? 'waits' : 'wait'}`),
        dispensable: 3,
      },
      { side: 'right', cells: cells(oldestOf), dispensable: 2 },
      { side: 'right', cells: cells(paceOf), dispensable: 4 },
      { side: 'right', cells: cells(({ faults }) => (faults > 0 ? many(faults, 'fault') : '')), dispensable: 1 },
      { side: 'left', cells: cells(stateOf) },
    ],
    columns,
  );
};

type Endpoint = Status['endpoints'][number];

const oldestOf = ({ oldestSeconds }: Endpoint): string =>
  oldestSeconds === null ? '' : `oldest ${duration(oldestSeconds)}`;
const paceOf = ({ tokensPerSecond }: Endpoint): string =>
  tokensPerSecond > 0 ? `${many(tokensPerSecond, 'token')}/s` : '';

const batchLines = ({ batches }: Status, columns: number): string[] =>
  fitColumns(
    [
      { side: 'left', cells: batches.map(({ role }) => role) },
      {
        side: 'left',
        cells: batches.map(({ id }) => `batch ${plainLine(id ?? 'without a number yet').slice(0, 40)}`),
        least: 12,
      },
      { side: 'left', cells: batches.map(({ step }) => step) },
      { side: 'right', cells: batches.map(({ rows }) => many(rows, 'row')) },
    ],
    columns,
  );

/** One by one, so that there is room for those that matter: of an endpoint that nothing goes through first. */
const reasonSections = ({ waiting, endpoints }: Status, columns: number) =>
  waiting.map(({ who, why }) => {
    const endpoint = endpoints.find((one) => whoOf(one) === who);
    const isOut = endpoint !== undefined && ['paused', 'probing', 'stopped'].includes(endpoint.phase);
    return { rank: isOut ? 1 : endpoint ? 8 : 5, lines: wrap(`… ${plainLine(who)}: ${plainLine(why)}`, columns) };
  });

/** Said as soon as there is one: what is cut off is not hard. */
const answerLines = ({ answers: { attempts, truncated, empty } }: Status, color: Colors): string[] => {
  if (truncated + empty === 0) return [];
  const line = `of the student's ${many(attempts, 'answer')} ${whole(truncated)} cut off, ${whole(empty)} empty`;
  return [truncated > 0.1 * attempts || empty > 0.05 * attempts ? color.yellow(line) : line];
};

/** How the scores lie on their way from 0 to 1: levels are made of them. */
const scoreLines = ({ scores }: Status): string[] => {
  const most = Math.max(0, ...scores);
  if (most === 0) return [];
  const count = scores.reduce((sum, some) => sum + some, 0);
  const bar = scores.map((some) => BARS[Math.ceil((some / most) * (BARS.length - 1))]).join('');
  return [`scores of ${many(count, 'problem')}  0 ${bar} 1`];
};

const BARS = '·▁▂▃▄▅▆▇█';

const stateLine = ({ states, problems, unreadIsExact }: Status): string => {
  const parts = Object.entries(states)
    .filter(([, number]) => number > 0)
    .map(([state, number]) => `${state === 'unread' && !unreadIsExact ? 'up to ' : ''}${whole(number)}\u00a0${state}`);
  return `${many(problems, 'problem')}: ${parts.join(', ') || 'none yet'}`;
};

const spentLine = ({ spent }: Status): string => {
  const { tokens, cost, ceilings, requests, models } = spent;
  const sum = (of: 'cachedTokens' | 'reasoningTokens') => Object.values(models).reduce((all, one) => all + one[of], 0);
  const hits = Object.values(models).reduce((all, one) => all + one.journalHits, 0);
  const recorded = Object.values(models).reduce((all, one) => all + one.recorded, 0);
  const of = (ceiling: number | null) => (ceiling === null ? '' : ` of ${ceiling}`);
  const money = cost > 0 || ceilings.cost !== null ? `, cost ${cost.toFixed(4)}${of(ceilings.cost)}` : '';
  const known = hits > 0 ? `, ${many(hits, 'answer')} from the journal` : '';
  const there = recorded > 0 ? `, ${many(recorded, 'recorded answer')}` : '';
  const kinds = partsOf(sum('cachedTokens'), sum('reasoningTokens'));
  return `${many(requests, 'request')}, ${ceilings.tokens === null ? '' : `${whole(tokens)} of `}${many(ceilings.tokens ?? tokens, 'token')}${kinds}${money}${known}${there}`;
};

/** What stands apart in the counts of some endpoints. */
const partsOf = (cached: number, reasoning: number): string => {
  const parts = [
    ...(cached > 0 ? [`${whole(cached)} cached`] : []),
    ...(reasoning > 0 ? [`${whole(reasoning)} of reasoning`] : []),
  ];
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
};

const deadLines = ({ deadLetters }: Status, columns: number, color: Colors): string[] => {
  const codes = Object.entries(deadLetters).map(([code, number]) => `${whole(number)} ${plainLine(code)}`);
  if (codes.length === 0) return [];
  const line = `${color.red('dead letters')}: ${codes.join(', ')}`;
  const more = `${line} (sluice dead-letters list)`;
  return [stringWidth(more) > columns ? line : more];
};

/** A line that is too long loses its colours, not the end of a code. */
const cutColored = (line: string, columns: number): string =>
  stringWidth(line) <= columns ? line : cut(stripVTControlCharacters(line), columns);
