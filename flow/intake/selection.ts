import type { Transport } from '../../runtime/transport.ts';
import type { Problem } from '../../schemas/types.ts';
import { type Settings, SettingsError } from '../settings/settings.ts';
import { type Choice, holds } from './choice.ts';
import { chooseRows, type Wanted } from './choose-rows.ts';
import { sourcesOf } from './source-files.ts';

/** Which part of its data sets a run takes, frozen when it first began. */
export interface Selection {
  /** By data set; of one that is not there, all is taken, unless `total` is set. */
  readonly choices: ReadonlyMap<string, Choice>;
  /** Of all together; null: without a limit. */
  readonly total: number | null;
}

/** What a start says about it. */
interface Said {
  readonly total: number | null;
  readonly sources: readonly object[];
}

export const keptSelection = async (transport: Transport): Promise<Selection> => {
  const choices = new Map<string, Choice>();
  for await (const [key, value] of transport.table('settings').entries(PREFIX)) {
    const choice = JSON.parse(Buffer.from(value).toString()) as Choice | null;
    if (choice) choices.set(key.slice(PREFIX.length), choice);
  }
  return { choices, total: (await said(transport))?.total ?? null };
};

export interface SelectionSettings {
  /** `--limit`: of all data sets together. */
  readonly total: number | null;
  readonly follow: boolean;
  /** Whether the run has begun with all of a data set, unless a choice is kept. */
  readonly hadAll: (name: string) => boolean;
  /** Whether the run would take a problem at all; asked for only where rows are to be chosen. */
  readonly accepting: () => Promise<(problem: Problem) => boolean>;
}

/**
 * Freezes with the run which rows it takes, from what the data files hold now. A later start may take more, never less:
 * a SettingsError says so. Gives the data sets of which more is taken than before.
 */
export const keepSelection = async (
  settings: Settings,
  transport: Transport,
  { total, follow, hadAll, accepting }: SelectionSettings,
): Promise<readonly string[]> => {
  const wanted = wantedOf(settings);
  const now = saidOf(wanted, total);
  const before = await said(transport);
  const isSelective = total !== null || wanted.some(({ limit, sample }) => limit !== undefined || sample !== undefined);
  if (!before && !isSelective) return [];
  if (follow && isSelective)
    throw new SettingsError(`${toldBy(total)}: cannot be met with --follow, which takes all that comes`);
  if (JSON.stringify(before) === JSON.stringify(now)) return [];
  if (total !== null && wanted.length === 0)
    throw new SettingsError('--limit: the configuration names no data set: name them under problems');
  const choices = await chooseRows({ wanted, total, accepts: await accepting() });
  const kept = (await keptSelection(transport)).choices;
  const names = [...new Set([...kept.keys(), ...choices.keys()])];
  const isLess = (name: string) => (kept.has(name) || hadAll(name)) && !holds(choices.get(name), kept.get(name));
  if (names.some(isLess)) {
    throw new SettingsError(
      `${toldBy(total)}: the run was begun with more or other problems, and may take more but never less; give this one another name: --set run=NAME`,
    );
  }
  const table = transport.table('settings');
  for (const name of names) {
    await table.put(PREFIX + name, PREFIX + name, Buffer.from(JSON.stringify(choices.get(name) ?? null)));
  }
  await table.put(SAID, SAID, Buffer.from(JSON.stringify(now)));
  return names.filter((name) => kept.has(name) && JSON.stringify(kept.get(name)) !== JSON.stringify(choices.get(name)));
};

const PREFIX = 'choice/';
const SAID = 'selection';

const said = async (transport: Transport): Promise<Said | undefined> => {
  const stored = await transport.table('settings').get(SAID, SAID);
  return stored && (JSON.parse(Buffer.from(stored).toString()) as Said);
};

/** The data sets of the configuration, with how much of each is wanted. */
export const wantedOf = (settings: Settings): Wanted[] =>
  settings.config.problems.map((one) => ({
    source: sourcesOf([one], settings, 'train')[0] as Wanted['source'],
    ...{ limit: one.limit, sample: one.sample },
  }));

const saidOf = (wanted: readonly Wanted[], total: number | null): Said => ({
  total,
  sources: wanted.map(({ source, limit, sample }) => ({
    ...{ path: source.path, preset: source.preset, dataset: source.dataset },
    ...{ limit, sample },
  })),
});

const toldBy = (total: number | null): string =>
  total === null ? 'problems: a limit or a sample' : `--limit ${total}`;
