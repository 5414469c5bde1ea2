import { once } from 'node:events';
import type { Command } from 'commander';
import { type ConfigOptions, configured, lookAt, withExample } from '../../arguments/options.ts';
import { openPageAt, PAGE_ADDRESS } from '../../arguments/page-address.ts';

export const pageCommand = (): Command =>
  withExample(
    configured('page', 'shows a run in the browser, while it goes on and after it; reads only')
      .option('--listen <host:port>', 'where; beyond loopback the address has a token', PAGE_ADDRESS)
      .action(async (flags: ConfigOptions & { listen: string }) => {
        const page = await openPageAt(lookAt(flags), flags.listen, '--listen');
        console.log(page.url);
        console.error('Ctrl-C ends it; the run does not notice');
        await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
        await page.close();
      }),
    'sluice page -c sluice.yaml',
  );
