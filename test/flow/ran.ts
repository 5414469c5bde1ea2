import { join } from 'node:path';
import { rehearsalProblems } from '../../rehearsal/exercises/problems.ts';
import { startRehearsal } from '../../rehearsal/server/server.ts';
import type { Transport } from '../../runtime/transport.ts';
import { openEmbedded } from '../../runtime/transports/embedded/open.ts';
import { easyConfigText, workFolder } from '../cli/sluice.ts';
import { sluiceHere } from '../helpers/sluice-here.ts';

/** A run of sixty problems that came to its end, with a teacher that fails often, opened for looking. */
export interface Ran {
  readonly folder: string;
  readonly transport: Transport;
  readonly report: { readonly states: Readonly<Record<string, number>> };
  close(): Promise<void>;
}

export const ran = async (): Promise<Ran> => {
  const rows = [...rehearsalProblems({ seed: 1, count: 60 })].map((row) => `${JSON.stringify(row)}\n`).join('');
  const models = await startRehearsal({ teacher: { failureRate: 0.6 } });
  const folder = workFolder({ 'sluice.yaml': easyConfigText(models.url), 'problems.jsonl': rows });
  const { stdout } = await sluiceHere(['run', '--json'], { cwd: folder.path });
  await models.close();
  const transport = openEmbedded({ path: join(folder.path, 'store'), run: 'test', partitions: 4, runner: false });
  return {
    ...{ folder: folder.path, transport, report: JSON.parse(stdout) },
    close: async () => {
      await transport.close();
      folder.destroy();
    },
  };
};
