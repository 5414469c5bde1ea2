import { Command } from 'commander';
import { openTransport } from '../../../flow/store/open-transport.ts';
import { describe } from '../../../runtime/topology.ts';
import type { AdaptiveCotCapabilities } from '../../../topologies/adaptive-cot.ts';
import { adaptiveCot } from '../../../topologies/adaptive-cot.ts';
import { topicSpecs } from '../../../topologies/topics.ts';
import { type ConfigOptions, configured, load, withExample } from '../../arguments/options.ts';

export const topicsCommand = (): Command =>
  withExample(
    new Command('topics')
      .description('the topology, and its topics on a broker')
      .addCommand(describeCommand())
      .addCommand(applyCommand()),
    'sluice topics describe',
  );

const describeCommand = (): Command =>
  withExample(
    new Command('describe').description('prints the topology, one line an edge').action(() => {
      console.log(describe(adaptiveCot(unwired)));
    }),
    'sluice topics describe',
  );

const applyCommand = (): Command =>
  withExample(
    configured('apply', 'creates the topics that are missing and checks those that are there').action(
      async (flags: ConfigOptions) => {
        const loaded = load(flags);
        const transport = await openTransport(loaded, { runner: false });
        await transport.close();
        console.log(`${topicSpecs.length} topics of the run "${loaded.config.run}" are as they should be`);
      },
    ),
    'sluice topics apply -c sluice.yaml',
  );

/** The diagram needs no capability; none is called. */
const unwired = {
  distinct: {},
  grade: {},
  score: {},
  level: {},
  sample: {},
  generate: {},
} as unknown as AdaptiveCotCapabilities;
