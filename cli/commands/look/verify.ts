import { createReadStream } from 'node:fs';
import { Command } from 'commander';
import type { Domains } from '../../../domains/port.ts';
import { ownDomains } from '../../../domains/registry.ts';
import { didYouMean } from '../../../flow/settings/did-you-mean.ts';
import { judgesAlone } from '../../../flow/wiring/judges.ts';
import { openVerifiers } from '../../../flow/wiring/open-verifiers.ts';
import { maskOf } from '../../../llm/mask.ts';
import { load, withExample } from '../../arguments/options.ts';
import { UsageError } from '../../config/error.ts';
import { listenToSignals } from '../../signals.ts';
import { many } from '../../text.ts';
import { calibration, calibrationTable } from '../../verify/calibrate.ts';
import { judgeTasks } from '../../verify/judge-tasks.ts';
import { observed } from '../../verify/observed.ts';
import { type Asked, readTasks } from '../../verify/read-task.ts';
import { type ServeSettings, serveVerifier } from '../../verify/serve.ts';
import { tellCollector } from '../../view/telemetry/tell-collector.ts';
import { meter } from '../../view/watch/meter.ts';

interface VerifyFlags {
  readonly config?: string;
  readonly kind?: string;
  readonly reference?: string;
  readonly response?: string;
  readonly choices?: string[];
  readonly explain?: boolean;
  readonly serve?: string;
  readonly calibrate?: string;
  readonly json?: boolean;
}

export const verifyCommand = (): Command =>
  withExample(
    new Command('verify')
      .description('the verifier alone: JSON lines with a `response` on stdin, or one pair as arguments')
      .option('-c, --config <file>', 'whose domains are known beside maths, code and choice')
      .option('--kind <domain>', 'of lines that name no domain')
      .option('--reference <text>', 'what the answer is measured against')
      .option('--response <text>', "a model's whole text")
      .option('--choices <texts...>', 'the texts of the choices, for --kind choice')
      .option('--explain', 'adds what the response claims, how both sides were read, and why')
      .option(
        '--serve <host:port>',
        'answers batches over HTTP until it is stopped; elsewhere than here SLUICE_VERIFY_TOKEN is needed',
      )
      .option(
        '--calibrate <file>',
        'how far it agrees with JSON lines that have a `label` (right, wrong) beside a `response`',
      )
      .option('--json', 'prints the calibration as JSON')
      .action(verify),
    `sluice verify --reference '\\frac{1}{2}' --response 'So it is \\boxed{0.5}.'`,
  );

/** Without a configuration. */
const plain = { domains: ownDomains, folder: '.', secrets: [] };

const verify = async (flags: VerifyFlags): Promise<void> => {
  const loaded = flags.config === undefined ? null : load({ config: flags.config });
  const { domains, folder, secrets } = loaded ?? plain;
  if (flags.kind !== undefined && !domains.has(flags.kind))
    throw new UsageError(
      `--kind ${flags.kind}: there is no such domain; ${didYouMean(flags.kind, domains.keys())}known: ${[...domains.keys()].join(', ')}`,
    );
  const judges = judgesAlone(secrets);
  const opened = openVerifiers(domains, { folder, secrets, models: judges });
  const events = meter();
  const verifiers = observed(opened, (event) => events.observe(event, performance.now()));
  const sent =
    loaded &&
    (await tellCollector(loaded, {
      command: 'verify',
      stages: () => events.stages(performance.now()),
      models: () => judges,
      tell: (message) => console.error(message),
    }));
  let broken = 0;
  try {
    if (flags.serve !== undefined) return await serve(flags.serve, { domains, verifiers, mask: maskOf(secrets) });
    const { signal } = new AbortController();
    const settings = { explain: flags.explain ?? false, signal, now: () => performance.now() };
    if (flags.calibrate !== undefined) {
      const tasks = readTasks(createReadStream(flags.calibrate), { domains, kind: flags.kind });
      const found = await calibration(judgeTasks(tasks, verifiers, settings));
      if (found.pairs === 0)
        throw new UsageError(`--calibrate ${flags.calibrate}: no line has a response and a label (right, wrong)`);
      return await print(`${flags.json ? JSON.stringify(found, null, 2) : calibrationTable(found)}\n`);
    }
    for await (const result of judgeTasks(tasksOf(flags, domains), verifiers, settings)) {
      if (result.broken) broken++;
      await print(`${JSON.stringify(result.judged)}\n`);
    }
  } finally {
    await sent?.close();
    await verifiers.close();
  }
  if (broken === 0) return;
  console.error(`${many(broken, 'line')} could not be judged: verdict "unverifiable", and the reason says why`);
  process.exitCode = 1;
};

/** Until the first signal. */
const serve = async (
  address: string,
  settings: Pick<ServeSettings, 'domains' | 'verifiers' | 'mask'>,
): Promise<void> => {
  const token = process.env.SLUICE_VERIFY_TOKEN;
  const serving = await serveVerifier({ address, token, ...settings });
  const signals = listenToSignals(() => {});
  console.error(`the verifier answers at ${serving.url}/verify`);
  await new Promise<void>((stopped) => signals.stopping.addEventListener('abort', () => stopped(), { once: true }));
  await serving.close();
  signals.release();
};

const tasksOf = (flags: VerifyFlags, domains: Domains): AsyncIterable<Asked> => {
  const { reference, response, kind } = flags;
  const how = { domains, kind };
  if (reference === undefined && response === undefined) return readTasks(stdin(), how);
  if (reference === undefined || response === undefined)
    throw new UsageError('--reference and --response belong together: give both, or JSON lines on stdin');
  const of = kind !== undefined && domains.get(kind)?.hasTests ? { tests: reference } : { answer: reference };
  const row = { response, ...of, ...(flags.choices && { choices: flags.choices }) };
  return readTasks(lines(JSON.stringify(row)), how);
};

async function* lines(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}

const stdin = (): AsyncIterable<Buffer> => {
  if (process.stdin.isTTY) throw new UsageError('verify reads JSON lines on stdin, or give --reference and --response');
  return process.stdin;
};

/** Waits where the reader of our output is slower than we are. */
const print = (text: string): Promise<void> =>
  new Promise((resolve) => {
    if (process.stdout.write(text)) resolve();
    else process.stdout.once('drain', resolve);
  });
