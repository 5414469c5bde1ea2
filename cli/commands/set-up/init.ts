import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { ownDomains } from '../../../domains/registry.ts';
import { withExample } from '../../arguments/options.ts';
import { UsageError } from '../../config/error.ts';

export const initCommand = (): Command =>
  withExample(
    new Command('init')
      .description('writes a commented sluice.yaml to start from')
      .argument('[file]', 'where to', 'sluice.yaml')
      .action((file: string) => {
        write(file);
        console.log(`${file}: name your data, your endpoints and your target in it, then \`sluice run\``);
      }),
    'sluice init',
  );

const write = (file: string): void => {
  try {
    // Made anew, never through a link.
    writeFileSync(file, startingConfig, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new UsageError(`${file}: is there already; name another file, or remove it`);
  }
};

const promptOf = (domain: string): string => JSON.stringify(ownDomains.get(domain)?.prompt);

const reference = (name: string): string => `\${${name}}`;

export const startingConfig = `# What sluice is to do. Every key: sluice config schema
run: first-run                    # names the run; the same name goes on where it stopped

problems:                         # files, globs or folders: JSONL, CSV, Parquet; gzip and zstd read as they are
  - path: data/*.jsonl
    preset: generic               # or gsm8k, math, math500, aime24, humaneval, mbpp, …
    # fields: { statement: question, answer: answer }

student:                          # the model that is to be trained; it answers every problem first
  baseUrl: http://127.0.0.1:8000/v1
  model: qwen2.5-7b-instruct
  # apiKey: ${reference('STUDENT_API_KEY')}     # secrets only by reference to the environment
  # revision: ""                  # say another one when the weights change under the same name
  # prompt:                       # these are the defaults
  #   maths: ${promptOf('maths')}
  #   choice: ${promptOf('choice')}
  #   code: ${promptOf('code')}
  temperature: 0
  maxTokens: 4096
  attempts: 1
  concurrency: 256

scorer:                           # marks the steps of wrong answers: a process reward model …
  kind: prm
  baseUrl: http://127.0.0.1:8001
  model: Qwen/Qwen2.5-Math-PRM-7B
  aggregate: mean                 # mean | min | product | last
  # … or a chat model that gets the reference: { kind: judge, baseUrl: …, model: … }
  # … or, for code, the share of tests passed: { kind: tests }

levels:
  by: score                       # score | pass-rate | hybrid
  thresholds: [0.2, 0.4, 0.6, 0.8]   # lower bounds of level_2 … level_5, or quantiles (from: evaluation | run)

target:
  records: 2000                   # left out: continuous
  distribution: curriculum        # curriculum | evaluated | natural | { run: NAME } | { easy: 5, level_5: 5, … }
  admit: streaming                # streaming | after-grading (the same answers give the same set)
  onShortfall: report             # report | redistribute
  seed: 1

# evaluation:                     # for \`evaluated\`, \`quantiles\` and \`sluice evaluate\`
#   - { path: data/math500.jsonl, preset: math500 }

teacher:                          # writes the chains of thought
  baseUrl: https://api.example.com/v1
  model: deepseek-reasoner
  apiKey: ${reference('TEACHER_API_KEY')}
  temperature: 0.6
  topP: 0.95
  maxTokens: 32768
  samples: 4                      # at most, one after another; the first verified answer wins
  price: { input: 0.55, output: 2.19 }   # per million tokens
  concurrency: 64

budget: { cost: 100 }             # nothing is sent that could pass it

transport:
  kind: embedded                  # one file, no server
  path: .sluice

output:
  dir: out
`;
