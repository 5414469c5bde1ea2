import { randomBytes } from 'node:crypto';
import { statusReader } from '../../flow/run/run-status.ts';
import type { Settings } from '../../flow/settings/settings.ts';
import { states } from '../../flow/status/counts.ts';
import { hitOf, searchProblems, type Wanted } from '../../flow/status/search.ts';
import { trailOf } from '../../flow/status/trail.ts';
import { attach } from '../../flow/store/attach.ts';
import { levels } from '../../schemas/hardness.ts';
import { type OpenPage, openPage, type PageSearch } from './page-server.ts';

export interface PageAddress {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
}

/** Between two looks at a run, while somebody looks. */
const EVERY_MILLISECONDS = 1000;
const HITS = 20;

/**
 * Serves the page of a run, from a look of its own at the run's store. Beyond loopback its address carries a token.
 * Rejects where there is no such run, or with what the system says where the address cannot be taken.
 */
export const openRunPage = async (settings: Settings, { host, port }: PageAddress): Promise<OpenPage> => {
  const transport = await attach(settings);
  const { run } = settings.config;
  try {
    const source = {
      status: await statusReader(settings, transport),
      problem: (id: string) => trailOf(transport, run, id),
      search: async (asked: PageSearch) =>
        isWanted(asked) ? (await searchProblems(transport, run, asked, HITS)).map(hitOf) : null,
    };
    const token = isLoopback(host) ? null : randomBytes(24).toString('base64url');
    const page = await openPage(source, { host, port, token, everyMilliseconds: EVERY_MILLISECONDS });
    return {
      url: page.url,
      close: async () => {
        await page.close();
        await transport.close();
      },
    };
  } catch (error) {
    await transport.close();
    throw error;
  }
};

const isWanted = (asked: PageSearch): asked is Wanted => {
  const { level, state } = asked;
  return (
    (level === undefined || levels.some((one) => one === level)) &&
    (state === undefined || states.some((one) => one === state))
  );
};

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
