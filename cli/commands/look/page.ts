import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Command } from 'commander';
import { statusReader } from '../../../flow/run/run-status.ts';
import { trailOf } from '../../../flow/status/trail.ts';
import { attach } from '../../../flow/store/attach.ts';
import { type ConfigOptions, configured, load, withExample } from '../../arguments/options.ts';
import { UsageError } from '../../config/error.ts';

const EVERY_MILLISECONDS = 1000;

export const pageCommand = (): Command =>
  withExample(
    configured('page', 'shows a run in the browser, while it goes on and after it; reads only')
      .option('--listen <host:port>', 'where; beyond loopback the address has a token', '127.0.0.1:8765')
      .action(async (flags: ConfigOptions & { listen: string }) => {
        const { host, port } = addressOf(flags.listen);
        const loaded = load(flags);
        const transport = await attach(loaded);
        try {
          const { openPage } = await import('../../../page/live/page-server.ts');
          const source = {
            status: await statusReader(loaded, transport),
            problem: (id: string) => trailOf(transport, loaded.config.run, id),
          };
          const token = isLoopback(host) ? null : randomBytes(24).toString('base64url');
          const opened = await openPage(source, { host, port, token, everyMilliseconds: EVERY_MILLISECONDS }).catch(
            (error: NodeJS.ErrnoException) => {
              throw new UsageError(`--listen ${flags.listen}: cannot listen there (${error.code ?? error.message})`);
            },
          );
          console.log(opened.url);
          console.error('Ctrl-C ends it; the run does not notice');
          await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
          opened.close();
        } finally {
          await transport.close();
        }
      }),
    'sluice page -c sluice.yaml',
  );

const addressOf = (address: string): { host: string; port: number } => {
  const found = /^(?:\[([^\]]{1,60})\]|([^:[\]]{1,253})):(\d{1,5})$/.exec(address);
  const port = Number(found?.[3]);
  if (found && port <= 65_535) return { host: (found[1] ?? found[2]) as string, port };
  throw new UsageError(`--listen ${address}: wants HOST:PORT, such as 127.0.0.1:8765 (port 0 takes any free one)`);
};

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
