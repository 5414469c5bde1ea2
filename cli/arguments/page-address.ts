import type { Settings } from '../../flow/settings/settings.ts';
import type { OpenPage } from '../../page/live/page-server.ts';
import type { PageAddress } from '../../page/live/runs-page.ts';
import { UsageError } from '../config/error.ts';

/** Where a page is where nobody says. */
export const PAGE_ADDRESS = '127.0.0.1:8765';

/** Opens the page of runs at the HOST:PORT that a flag has. Throws a UsageError where nothing can listen there. */
export const openPageAt = async (runs: readonly Settings[], address: string, flag: string): Promise<OpenPage> => {
  const wanted = read(address, flag);
  const { openRunsPage } = await import('../../page/live/runs-page.ts');
  return openRunsPage(runs, wanted).catch((error: NodeJS.ErrnoException) => {
    if (error.syscall === undefined) throw error;
    throw new UsageError(`${flag} ${address}: cannot listen there (${error.code ?? error.message})`);
  });
};

/** The page of a run that this process works on: an address that cannot be taken is told, and the run goes on. */
export const pageBesideRun = (settings: Settings, address: string | true, tell: (line: string) => void) => {
  let opening: Promise<OpenPage | null> = Promise.resolve(null);
  return {
    open: (): void => {
      opening = openPageAt([settings], address === true ? PAGE_ADDRESS : address, '--page').then(
        (page) => {
          tell(`page: ${page.url}`);
          return page;
        },
        (error: Error) => {
          tell(error.message);
          return null;
        },
      );
    },
    close: async (): Promise<void> => (await opening)?.close(),
  };
};

const read = (address: string, flag: string): PageAddress => {
  const found = /^(?:\[([^\]]{1,60})\]|([^:[\]]{1,253})):(\d{1,5})$/.exec(address);
  const port = Number(found?.[3]);
  if (found && port <= 65_535) return { host: (found[1] ?? found[2]) as string, port };
  throw new UsageError(`${flag} ${address}: wants HOST:PORT, such as 127.0.0.1:8765 (port 0 takes any free one)`);
};
