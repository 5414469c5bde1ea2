import { Command } from 'commander';
import { configJsonSchema } from '../../../flow/settings/known-keys.ts';
import { withExample } from '../../arguments/options.ts';

export const configCommand = (): Command =>
  withExample(
    new Command('config').description('about sluice.yaml').addCommand(schemaCommand()),
    'sluice config schema > sluice.schema.json',
  );

const schemaCommand = (): Command =>
  withExample(
    new Command('schema').description('the JSON Schema of sluice.yaml').action(() => {
      console.log(JSON.stringify(configJsonSchema(), null, 2));
    }),
    'sluice config schema > sluice.schema.json',
  );
