import { isUtf8 } from 'node:buffer';
import { Command } from 'commander';
import { type KeptLetter, lettersOf } from '../../../flow/status/letters/letters.ts';
import { decodedOf, letterValue } from '../../../flow/status/letters/original.ts';
import { retryLetter } from '../../../flow/status/letters/retry.ts';
import { attach } from '../../../flow/store/attach.ts';
import type { Transport } from '../../../runtime/transport.ts';
import { type ConfigOptions, configured, lookAt, withExample } from '../../arguments/options.ts';
import { UsageError } from '../../config/error.ts';
import type { LoadedConfig } from '../../config/load.ts';
import { plainLine } from '../../text.ts';
import { cut, padEnd } from '../../view/screen/columns.ts';

interface ListFlags extends ConfigOptions {
  readonly json?: boolean;
  readonly stage?: string;
  readonly code?: string;
}

export const deadLettersCommand = (): Command =>
  withExample(
    new Command('dead-letters')
      .description('what could not be processed, and putting it back')
      .addCommand(listCommand())
      .addCommand(showCommand())
      .addCommand(retryCommand()),
    'sluice dead-letters list',
  );

const filtered = (name: string, description: string): Command =>
  configured(name, description)
    .option('--stage <name>', 'only those of this stage')
    .option('--code <code>', 'only those with this code')
    .option('--json', 'prints JSON');

const listCommand = (): Command =>
  withExample(
    filtered('list', 'the dead letters of the run that hold').action(async (flags: ListFlags) => {
      await within(lookAt(flags), async (transport, run) => {
        const letters = chosen((await lettersOf(transport, run)).standing, flags);
        if (flags.json) console.log(JSON.stringify(letters.map(flat), null, 2));
        else console.log(letters.length === 0 ? 'no dead letters' : letters.map(lineOf).join('\n'));
      });
    }),
    'sluice dead-letters list --stage ingest',
  );

const showCommand = (): Command =>
  withExample(
    configured('show', 'one letter with the record that died, as it can be read, or its bytes')
      .argument('<name>', 'as `list` gives it')
      .action(async (name: string, flags: ConfigOptions) => {
        await within(lookAt(flags), async (transport, run) => {
          const [letter] = named((await lettersOf(transport, run)).standing, [name]);
          const record = await decodedOf(transport, letter as KeptLetter);
          const value = (await letterValue(transport, name)) ?? new Uint8Array();
          const what = record === undefined ? shown(value) : { record };
          console.log(JSON.stringify({ ...flat(letter as KeptLetter), ...what }, null, 2));
        });
      }),
    'sluice dead-letters show 0-17',
  );

const retryCommand = (): Command =>
  withExample(
    filtered('retry', 'puts records back for another attempt; the next `sluice run` takes them')
      .argument('[names...]', 'as `list` gives them')
      .option('--all', 'all that --stage and --code let through')
      .action(async (names: string[], flags: ListFlags & { all?: boolean }) => {
        if (names.length === 0 && !flags.all)
          throw new UsageError('name the letters (`sluice dead-letters list`), or say --all');
        await within(lookAt(flags), async (transport, run) => {
          const { standing } = await lettersOf(transport, run);
          await retryThose(transport, flags.all ? chosen(standing, flags) : named(standing, names), flags.json);
        });
      }),
    'sluice dead-letters retry --all --code fails-alone',
  );

const retryThose = async (transport: Transport, letters: readonly KeptLetter[], json = false): Promise<void> => {
  const done = [];
  for (const letter of letters) done.push(await retryLetter(transport, letter));
  if (json) console.log(JSON.stringify(done, null, 2));
  else if (done.length === 0) console.log('no dead letters');
  else
    for (const one of done)
      console.log(`${one.name}  ${one.ok ? `put back to ${one.topic}` : `not put back: ${one.why}`}`);
  if (done.some((one) => !one.ok)) process.exitCode = 1;
};

const within = async (loaded: LoadedConfig, work: (transport: Transport, run: string) => Promise<void>) => {
  const transport = await attach(loaded);
  try {
    await work(transport, loaded.config.run);
  } finally {
    await transport.close();
  }
};

const chosen = (letters: readonly KeptLetter[], { stage, code }: ListFlags): KeptLetter[] =>
  letters.filter(
    ({ letter }) => (stage === undefined || letter.stage === stage) && (code === undefined || letter.code === code),
  );

const named = (letters: readonly KeptLetter[], names: readonly string[]): KeptLetter[] =>
  names.map((name) => {
    const found = letters.find((letter) => letter.name === name);
    if (found) return found;
    throw new UsageError(`${name}: no letter of this name holds; \`sluice dead-letters list\` shows those that do`);
  });

/** What cannot be read: as text where the bytes are one, and always whole. */
const shown = (value: Uint8Array) => ({
  value: Buffer.from(value).toString(),
  ...(!isUtf8(value) && { base64: Buffer.from(value).toString('base64') }),
});

const flat = ({ name, key, letter, retries }: KeptLetter) => ({ name, key, ...letter, retries });

const lineOf = ({ name, key, letter }: KeptLetter): string =>
  [
    padEnd(name, 8),
    padEnd(letter.stage, 9),
    padEnd(letter.code, 22),
    padEnd(cut(plainLine(letter.origin ?? key), 34), 34),
    cut(plainLine(letter.message), 200),
  ].join('  ');
