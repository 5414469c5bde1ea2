import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string };
  }[];
  readonly samples: readonly number[];
}

/** Share of the busy samples of a folder's only `.cpuprofile` by where the code lies: a package, or a folder of ours. */
export const sharesOf = (folder: string, project: string): [place: string, share: number][] => {
  const file = readdirSync(folder).find((name) => name.endsWith('.cpuprofile')) ?? '';
  const { nodes, samples } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Profile;
  const places = new Map(nodes.map(({ id, callFrame }) => [id, placeOf(callFrame, project)]));
  const counts = new Map<string, number>();
  for (const sample of samples) {
    const place = places.get(sample) ?? 'unknown';
    if (place !== 'idle') counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  const busy = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return [...counts]
    .map(([place, count]): [string, number] => [place, count / busy])
    .sort(([, left], [, right]) => right - left);
};

/** What a native function takes counts for its caller: SQLite's work for `runtime/transports/`. */
const placeOf = ({ functionName, url }: Profile['nodes'][number]['callFrame'], project: string): string => {
  if (functionName === '(idle)') return 'idle';
  if (functionName.startsWith('(')) return functionName.slice(1, -1);
  if (url === '') return 'native';
  if (url.startsWith('node:')) return 'node';
  const inside = url.replace('file://', '').replace(`${project}/`, '');
  const [, library] = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(inside) ?? [];
  const parts = inside.split('/');
  return library ?? `${parts[1] === 'transports' ? 'runtime/transports' : parts[0]}/`;
};
