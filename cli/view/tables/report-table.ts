import type { Report } from '../../../flow/outputs/report.ts';
import { levels } from '../../../schemas/hardness.ts';
import { many, plainLine, whole } from '../../text.ts';
import { table } from './table.ts';

/** The report for a person: level by level, target against emitted, and what became of every problem. */
export const reportTable = (report: Report): string => {
  const { share, records } = report.target;
  const rows = levels.map((level) => [
    level,
    String(report.levels[level] ?? 0),
    share.all === undefined ? percent(share[level] ?? 0) : 'as it comes',
    percent(ratio(report.emitted[level] ?? 0, report.states.emitted)),
    String(report.emitted[level] ?? 0),
    report.shortfall[level] ? `${report.shortfall[level]} short` : '',
  ]);
  const head = ['level', 'problems', 'target', 'emitted', '', ''];
  const states = Object.entries(report.states)
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${whole(count)} ${state}`);
  return [
    table([head, ...rows]),
    ...partLines(report),
    '',
    `${records === null ? '' : `${whole(report.states.emitted)} of `}${many(records ?? report.states.emitted, 'record')}, stopped: ${report.stopped}, ${report.seconds} s`,
    `${many(report.problems, 'problem')}: ${states.join(', ')}`,
    ...letterLines(report),
    ...(report.differences ?? []).map((one) => `the topics disagree: ${one} (sluice doctor)`),
    ...(report.contaminated > 0
      ? [
          `${many(report.contaminated, 'problem')} left out: ${report.contaminated === 1 ? 'it gives' : 'they give'} an evaluation away`,
        ]
      : []),
    ...modelLines(report),
    ...qualityLines(report),
    ...(report.simulated ? ['made by rehearsal models: every record is marked "simulated"'] : []),
  ].join('\n');
};

/** A mixture's parts against what the target wants of them, each at every level too. */
const partLines = ({ parts, states }: Report): string[] => {
  if (!parts) return [];
  const of = (emitted: number, quota: number | null) => (quota === null ? String(emitted) : `${emitted}/${quota}`);
  const rows = Object.entries(parts).map(([part, one]) => [
    plainLine(part),
    percent(one.share),
    percent(ratio(one.emitted, states.emitted)),
    of(one.emitted, one.quota),
    ...Object.values(one.levels).map(({ emitted, quota }) => of(emitted, quota)),
  ]);
  return ['', table([['part', 'target', 'emitted', '', ...levels], ...rows])];
};

const letterLines = ({ deadLetters }: Report): string[] => {
  const codes = Object.entries(deadLetters).map(([code, count]) => `${count} ${code}`);
  return codes.length === 0 ? [] : [`dead letters: ${codes.join(', ')} (sluice dead-letters list)`];
};

const modelLines = ({ models }: Report): string[] =>
  Object.entries(models)
    .filter(([, usage]) => usage.requests + usage.journalHits + usage.recorded > 0)
    .map(([role, usage]) => {
      const cost = usage.cost > 0 ? `, cost ${usage.cost.toFixed(4)}` : '';
      const known = usage.journalHits > 0 ? `, ${whole(usage.journalHits)} from the journal` : '';
      const there = usage.recorded > 0 ? `, ${many(usage.recorded, 'recorded answer')}` : '';
      const cached = usage.cachedTokens > 0 ? `, ${whole(usage.cachedTokens)} of them cached` : '';
      const reasoning = usage.reasoningTokens > 0 ? `, ${whole(usage.reasoningTokens)} of them reasoning` : '';
      const tokens = usage.promptTokens + usage.completionTokens;
      return `${role}: ${many(usage.requests, 'request')}${known}${there}, ${many(tokens, 'token')}${cached}${reasoning}${cost}`;
    });

const qualityLines = ({ quality }: Report): string[] =>
  quality.findings.length === 0 ? [] : ['what is off:', ...quality.findings.map(({ message }) => `- ${message}`)];

const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;
