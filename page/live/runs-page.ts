import { randomBytes } from 'node:crypto';
import type { Settings } from '../../flow/settings/settings.ts';
import { comparing } from './compared.ts';
import { isLoopback } from './loopback.ts';
import { type OpenPage, openPage } from './page-server.ts';
import { openRun, type RunSource } from './run-source.ts';

export interface PageAddress {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
}

/** Between two looks at the runs, while somebody looks. */
const EVERY_MILLISECONDS = 1000;

/**
 * Serves the page of a run, or of several side by side, from looks of its own at their stores. Beyond loopback its address
 * carries a token. Rejects where there is no such run, or with what the system says where the address cannot be taken.
 */
export const openRunsPage = async (runs: readonly Settings[], { host, port }: PageAddress): Promise<OpenPage> => {
  const sources: RunSource[] = [];
  const closeAll = () => Promise.all(sources.map(({ store }) => store.close()));
  try {
    for (const settings of runs) sources.push(await openRun(settings));
    const compared = comparing(sources.map(({ store }) => store));
    const lookAll = lookingAt(sources);
    const token = isLoopback(host) ? null : randomBytes(24).toString('base64url');
    const page = await openPage(
      { look: async () => ({ runs: await lookAll(), comparisons: compared() }), runs: sources },
      { host, port, token, everyMilliseconds: EVERY_MILLISECONDS },
    );
    return {
      url: page.url,
      close: async () => {
        await page.close();
        await closeAll();
      },
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
};

/** One run that cannot be read keeps nobody from the others: it is shown as it last was. Rejects where none can be. */
const lookingAt = (sources: readonly RunSource[]): (() => Promise<object[]>) => {
  const last: object[] = sources.map(({ run }) => ({ run }));
  return async () => {
    const found = await Promise.allSettled(sources.map((source) => source.look()));
    if (found.every(({ status }) => status === 'rejected')) throw new Error('no run can be read');
    return found.map((one, index) => {
      if (one.status === 'rejected') return { ...last[index], lost: true };
      last[index] = one.value;
      return one.value;
    });
  };
};
