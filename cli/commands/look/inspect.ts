import type { Command } from 'commander';
import { type State, states } from '../../../flow/status/counts.ts';
import { searchProblems } from '../../../flow/status/problems/search.ts';
import { trailOf } from '../../../flow/status/problems/trail.ts';
import { attach } from '../../../flow/store/attach.ts';
import type { Transport } from '../../../runtime/transport.ts';
import { levels } from '../../../schemas/hardness.ts';
import type { Level } from '../../../schemas/types.ts';
import { type ConfigOptions, configured, lookAt, withExample } from '../../arguments/options.ts';
import { oneOf, wholeNumber } from '../../arguments/values.ts';
import { UsageError } from '../../config/error.ts';
import { drawHits } from '../../view/screen/draw-hits.ts';
import { drawTrail } from '../../view/screen/draw-trail.ts';

interface InspectFlags extends ConfigOptions {
  readonly json?: boolean;
  readonly level?: Level;
  readonly state?: State;
  readonly last: number;
}

export const inspectCommand = (): Command =>
  withExample(
    configured('inspect', "one problem's whole way: attempts, verdicts, scores, level, decision, teacher, and why")
      .argument('[what]', 'an id or its beginning, FILE:ROW, or words of the statement; left out: the last problems')
      .addOption(oneOf('--level <level>', 'problems of this level alone', levels))
      .addOption(oneOf('--state <state>', 'problems in this state alone', states))
      .option('--last <count>', 'how many are listed where several fit', (text) => wholeNumber(text, '--last'), 10)
      .option('--json', 'prints everything, texts whole, as JSON: one trail, or a list where several were asked for')
      .action(async (what: string | undefined, flags: InspectFlags) => {
        const loaded = lookAt(flags);
        const transport = await attach(loaded);
        try {
          await printFound(transport, loaded.config.run, what, flags);
        } finally {
          await transport.close();
        }
      }),
    'sluice inspect --state rejected --level level_1 --last 3',
  );

/** Who names a problem sees it; who asks for several gets a list, also of one. */
const printFound = async (
  transport: Transport,
  run: string,
  what: string | undefined,
  flags: InspectFlags,
): Promise<void> => {
  const { level, state, last } = flags;
  const isId = what !== undefined && /^[0-9a-f]{32}$/.test(what);
  const wanted = { ...(what !== undefined && { text: what }), ...(level && { level }), ...(state && { state }) };
  const hits = isId ? [] : await searchProblems(transport, run, wanted, last);
  const named = isId ? what : what !== undefined && hits.length === 1 ? hits[0]?.id : undefined;
  const trail = named === undefined ? null : await trailOf(transport, run, named);
  if (trail) console.log(flags.json ? JSON.stringify(trail, null, 2) : drawTrail(trail).join('\n'));
  else if (hits.length === 0) throw new UsageError(nothing(what, flags));
  else console.log(flags.json ? JSON.stringify(hits, null, 2) : drawHits(hits).join('\n'));
  if (!trail && hits.length === last && process.stderr.isTTY)
    console.error(`the last ${hits.length}; --last shows more, an id shows one`);
};

const nothing = (what: string | undefined, { level, state }: InspectFlags): string => {
  const asked = [what !== undefined && `“${what}”`, level, state].filter(Boolean).join(', ') || 'the run';
  return `${asked}: no such problem in the store; ids are in out/cot.jsonl, rows are named FILE:ROW, and \`sluice status\` counts the states`;
};
