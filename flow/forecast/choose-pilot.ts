import { createHash } from 'node:crypto';
import { readFile } from '../../datasets/in/read-problems.ts';
import { presetOf } from '../../datasets/presets/table.ts';
import type { Transport } from '../../runtime/transport.ts';
import type { Problem } from '../../schemas/types.ts';
import { topics } from '../../topologies/topics.ts';
import { isChosen } from '../intake/choice.ts';
import { chooseRows } from '../intake/choose-rows.ts';
import { contaminationOf } from '../intake/contamination.ts';
import { keptDataSets } from '../intake/data-sets.ts';
import { keptSelection, wantedOf } from '../intake/selection.ts';
import { dataSetName, sourceFiles, sourcesOf } from '../intake/source-files.ts';
import { emittedElsewhere } from '../plan/other-run.ts';
import type { Settings } from '../settings/settings.ts';
import { scan } from '../store/scan.ts';

export interface Chosen {
  /** Different ones of the run: exact up to some sixty thousand, of more within a percent. */
  readonly problems: number;
  /** In the order in which a run after grading lets them through. */
  readonly pilot: readonly Problem[];
}

/**
 * The first of a run's problems in the order that its seed gives them: a sample that has nothing to do with how they
 * lie in their files, and the very ones that a run after grading lets through first, so that no answer is for nothing.
 */
export const choosePilot = async (settings: Settings, transport: Transport, count: number): Promise<Chosen> => {
  const { seed } = settings.config.target;
  const different = counter();
  let pilot: { readonly order: string; readonly problem: Problem }[] = [];
  for await (const problem of problemsOf(settings, transport)) {
    const order = createHash('sha256').update(`${seed}/${problem.id}`).digest('hex');
    different.add(order);
    if (pilot.length === count && order >= (pilot.at(-1)?.order ?? '')) continue;
    if (pilot.some((one) => one.order === order)) continue;
    pilot = [...pilot, { order, problem }].toSorted((a, b) => (a.order < b.order ? -1 : 1)).slice(0, count);
  }
  return { problems: different.count(), pilot: pilot.map(({ problem }) => problem) };
};

/** Those that the run would take; a replay's are there already. */
async function* problemsOf(settings: Settings, transport: Transport): AsyncGenerator<Problem> {
  const { config } = settings;
  const excluded = await emittedElsewhere(settings);
  const find = config.decontamination.drop ? await contaminationOf(settings) : null;
  const isOurs = (problem: Problem) => !excluded.has(problem.id) && !find?.(problem);
  const choices = await chooseRows({ wanted: wantedOf(settings), total: null, accepts: isOurs });
  for (const one of await sourceFiles(sourcesOf(config.problems, settings, 'train'))) {
    const choice = choices.get(dataSetName(one));
    for await (const row of readFile(
      one.file,
      one.source,
      presetOf(one.source.preset ?? 'generic', one.source.presets),
    )) {
      if ('problem' in row && isOurs(row.problem) && (!choice || isChosen(choice, row.problem))) yield row.problem;
    }
  }
  if (config.problems.length > 0) return;
  const { accepts } = await keptDataSets(transport, config.run, await keptSelection(transport));
  for await (const { stored, record } of scan(transport, topics.problems)) {
    if (accepts(record, stored.headers) && isOurs(record)) yield record;
  }
}

const MOST_COUNTED = 65_536;

/** Counts different hashes in bounded memory: of very many the lowest ones tell how many there are. */
const counter = () => {
  let lowest = new Set<string>();
  let bound: string | null = null;
  return {
    add(order: string): void {
      if (bound !== null && order > bound) return;
      lowest.add(order);
      if (lowest.size < 2 * MOST_COUNTED) return;
      const kept = [...lowest].sort().slice(0, MOST_COUNTED);
      bound = kept.at(-1) ?? null;
      lowest = new Set(kept);
    },
    count(): number {
      if (bound === null) return lowest.size;
      const below = Number.parseInt(bound.slice(0, 12), 16) / 2 ** 48;
      return Math.round([...lowest].filter((order) => order <= (bound ?? '')).length / below);
    },
  };
};
