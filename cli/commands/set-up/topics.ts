import { Command, Option } from 'commander';
import { describe } from '../../../runtime/topology.ts';
import { unwired } from '../../../topologies/unwired.ts';
import { type ConfigOptions, configured, lookAt, withExample } from '../../arguments/options.ts';
import { type ApplyOptions, applyTopics } from '../../topics/apply.ts';
import { mirrorTopic } from '../../topics/mirror.ts';
import { formats } from '../../topics/print.ts';
import { removeTopics } from '../../topics/remove.ts';

export const topicsCommand = (): Command =>
  withExample(
    new Command('topics')
      .description('the topology, and its topics on a broker')
      .addCommand(describeCommand())
      .addCommand(applyCommand())
      .addCommand(mirrorCommand())
      .addCommand(removeCommand()),
    'sluice topics describe',
  );

const describeCommand = (): Command =>
  withExample(
    new Command('describe').description('prints the topology, one line an edge').action(() => {
      console.log(describe(unwired()));
    }),
    'sluice topics describe',
  );

const applyCommand = (): Command =>
  withExample(
    configured('apply', 'creates the topics and stage stores that are missing and checks those that are there')
      .addOption(
        new Option('--print <format>', 'writes down what is to be made, topics and rights, and asks no broker').choices(
          formats,
        ),
      )
      .option('--user <name>', 'whom the printed rights are for', 'sluice')
      .option('--mirror', 'with those of `sluice topics mirror`')
      .action(async ({ print, user, mirror, ...flags }: ConfigOptions & ApplyOptions) => {
        console.log(await applyTopics(lookAt(flags), { print, user, mirror }));
      }),
    'sluice topics apply -c sluice.yaml --print strimzi --user sluice',
  );

const mirrorCommand = (): Command =>
  withExample(
    configured('mirror', 'writes the lines of cot.jsonl onto the topic cot-json, each once, for what reads JSON')
      .option('--follow', 'goes on until the run has ended, instead of ending at what is there')
      .action(async ({ follow, ...flags }: ConfigOptions & { follow?: boolean }) => {
        process.exitCode = await mirrorTopic(lookAt(flags), follow ?? false);
      }),
    'sluice topics mirror -c sluice.yaml --follow',
  );

const removeCommand = (): Command =>
  withExample(
    configured('remove', 'deletes the topics of one run from the brokers, for good; says only what it would do')
      .requiredOption('--run <name>', 'the run')
      .option('--yes', 'does it')
      .action(async ({ run, yes, set = [], ...flags }: ConfigOptions & { run: string; yes?: boolean }) => {
        console.log(await removeTopics(lookAt({ ...flags, set: [...set, `run=${run}`] }), yes ?? false));
      }),
    'sluice topics remove --run gsm8k-small --yes',
  );
