import type pc from 'picocolors';
import type { Status } from '../../../flow/status/status.ts';
import { duration, plainLine, rate, whole } from '../../text.ts';
import { cut, padEnd, padStart, wrap } from './columns.ts';

export type Colors = ReturnType<typeof pc.createColors>;

/** A status as lines of at most so many columns, for a terminal or a page. */
export const drawStatus = (status: Status, columns: number, color: Colors): string[] =>
  [
    headline(status, color),
    ...stageLines(status, color),
    ...endpointLines(status, color),
    ...batchLines(status),
    ...levelLines(status, columns, color),
    ...wrap(stateLine(status), columns),
    ...answerLines(status, color),
    ...scoreLines(status),
    ...wrap(spentLine(status), columns),
    ...deadLines(status, color),
    ...status.waiting.flatMap(({ who, why }) => wrap(`… ${plainLine(who)}: ${plainLine(why)}`, columns)),
  ].map((line) => cutColored(line, columns));

const headline = ({ run, phase, seconds, target, etaSeconds }: Status, color: Colors): string => {
  const wanted = target.records === null ? '' : ` of ${whole(target.records)}`;
  const time = seconds === null ? '' : `  ${duration(seconds)}`;
  const eta = phase === 'running' ? `  ETA ${etaSeconds === null ? '-' : duration(etaSeconds)}` : '';
  return `${color.bold(run)}  ${phase}  ${whole(target.emitted)}${wanted} emitted${time}${eta}`;
};

const stageLines = ({ stages }: Status, color: Colors): string[] => {
  if (stages.length === 0) return [];
  const rows = stages.map(({ stage, done, inHand, dead, perSecond }) => [
    stage,
    `${whole(done)} done`,
    rate(perSecond),
    `${whole(inHand)} in hand`,
    dead > 0 ? color.red(`${whole(dead)} dead`) : '',
  ]);
  return columnsOf(rows);
};

const endpointLines = ({ endpoints, phase: ofTheRun }: Status, color: Colors): string[] =>
  columnsOf(
    endpoints.map(({ role, model, member, phase, inFlight, limit, waiting }) => [
      role,
      plainLine(model).slice(0, 40) + (member === null ? '' : ` ${plainLine(member).slice(0, 40)}`),
      `${inFlight} of ${limit} in flight`,
      `${waiting} wait`,
      phase === 'open' ? '' : color.yellow(phase === 'stopped' && ofTheRun === 'draining' ? ofTheRun : phase),
    ]),
  );

const batchLines = ({ batches }: Status): string[] =>
  columnsOf(
    batches.map(({ role, id, step, rows }) => [
      role,
      `batch ${plainLine(id ?? 'without a number yet').slice(0, 40)}`,
      step,
      `${whole(rows)} rows`,
    ]),
  );

/** A bar is as long as the target's share of a level; what is emitted fills it. */
const levelLines = ({ levels, target }: Status, columns: number, color: Colors): string[] => {
  const width = Math.max(8, Math.min(40, columns - 56));
  return Object.entries(levels).map(([level, one]) => {
    const share = target.emitted === 0 ? 0 : one.emitted / target.emitted;
    const reached = one.quota === null ? share : one.quota === 0 ? 0 : one.emitted / one.quota;
    const filled = Math.round(width * Math.min(1, reached));
    const bar = color.green('█'.repeat(filled)) + color.dim('░'.repeat(width - filled));
    const wanted =
      one.quota !== null
        ? `of ${whole(one.quota)}`
        : `${percent(share)}${one.share === null ? '' : ` of ${percent(one.share)}`}`;
    const more = `${whole(one.parked)} parked${one.closed ? color.red('  closed: the teacher fails') : ''}`;
    return `${padEnd(level, 8)} ${bar} ${padStart(whole(one.emitted), 7)} ${padEnd(wanted, 16)} ${more}`;
  });
};

/** Said as soon as there is one: what is cut off is not hard. */
const answerLines = ({ answers: { attempts, truncated, empty } }: Status, color: Colors): string[] => {
  if (truncated + empty === 0) return [];
  const line = `of the student's ${whole(attempts)} answers ${whole(truncated)} cut off, ${whole(empty)} empty`;
  return [truncated > 0.1 * attempts || empty > 0.05 * attempts ? color.yellow(line) : line];
};

/** How the scores lie on their way from 0 to 1: levels are made of them. */
const scoreLines = ({ scores }: Status): string[] => {
  const most = Math.max(0, ...scores);
  if (most === 0) return [];
  const count = scores.reduce((sum, some) => sum + some, 0);
  const bar = scores.map((some) => BARS[Math.ceil((some / most) * (BARS.length - 1))]).join('');
  return [`scores of ${whole(count)} problems  0 ${bar} 1`];
};

const BARS = '·▁▂▃▄▅▆▇█';

const stateLine = ({ states, problems, unreadIsExact }: Status): string => {
  const parts = Object.entries(states)
    .filter(([, number]) => number > 0)
    .map(
      ([state, number]) => `${state === 'unread' && !unreadIsExact ? 'at most ' : ''}${whole(number)}\u00a0${state}`,
    );
  return `${unreadIsExact ? '' : 'at most '}${whole(problems)} problems: ${parts.join(', ') || 'none yet'}`;
};

const spentLine = ({ spent }: Status): string => {
  const { tokens, cost, ceilings, requests, models } = spent;
  const sum = (of: 'cachedTokens' | 'reasoningTokens') => Object.values(models).reduce((all, one) => all + one[of], 0);
  const hits = Object.values(models).reduce((all, one) => all + one.journalHits, 0);
  const recorded = Object.values(models).reduce((all, one) => all + one.recorded, 0);
  const of = (ceiling: number | null) => (ceiling === null ? '' : ` of ${ceiling}`);
  const money = cost > 0 || ceilings.cost !== null ? `, cost ${cost.toFixed(4)}${of(ceilings.cost)}` : '';
  const known = hits > 0 ? `, ${whole(hits)} answers from the journal` : '';
  const there = recorded > 0 ? `, ${whole(recorded)} recorded answers` : '';
  const kinds = partsOf(sum('cachedTokens'), sum('reasoningTokens'));
  return `${whole(requests)} requests, ${whole(tokens)}${of(ceilings.tokens)} tokens${kinds}${money}${known}${there}`;
};

/** What stands apart in the counts of some endpoints. */
const partsOf = (cached: number, reasoning: number): string => {
  const parts = [
    ...(cached > 0 ? [`${whole(cached)} cached`] : []),
    ...(reasoning > 0 ? [`${whole(reasoning)} of reasoning`] : []),
  ];
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
};

const deadLines = ({ deadLetters }: Status, color: Colors): string[] => {
  const codes = Object.entries(deadLetters).map(([code, number]) => `${number} ${plainLine(code)}`);
  return codes.length === 0 ? [] : [`${color.red('dead letters')}: ${codes.join(', ')} (sluice dead-letters list)`];
};

const columnsOf = (rows: readonly (readonly string[])[]): string[] => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => bare(row[column] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const missing = ' '.repeat(Math.max(0, (widths[column] ?? 0) - bare(cell).length));
        return column < 2 && !/^\d/.test(cell) ? cell + missing : missing + cell;
      })
      .join('  ')
      .trimEnd(),
  );
};

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one
const colors = /\u001b\[\d+m/g;
const bare = (text: string): string => text.replaceAll(colors, '');

/** A line that is too long loses its colours, not the end of a code. */
const cutColored = (line: string, columns: number): string =>
  cut(bare(line), columns) === bare(line) ? line : cut(bare(line), columns);
