/**
 * Twenty recorded programs of a real model for each HumanEval problem, against the verdicts of an in-process checker.
 * `node test/soak/code.soak.ts [PROGRAMS [RUNNER]]`; exits with 1 below 99.9 % agreement.
 */
import { codeVerifier } from '../../verifiers/code/index.ts';
import type { SandboxName } from '../../verifiers/code/sandbox/port.ts';
import { codeTask, gradedPrograms, haveData, humanEval, humanEvalTests, never } from '../verifiers/code/support.ts';

const AGREEMENT = 0.999;
const [count = '20', runner = 'auto'] = process.argv.slice(2);

if (!haveData) console.log('The recorded programs are not there (SLUICE_DATA): nothing was judged.');
else {
  const problems = new Map(humanEval().map((problem) => [problem.task_id, problem]));
  const verifier = await codeVerifier({ runner: runner as SandboxName | 'auto' });
  const begun = performance.now();
  const judged = await Promise.all(
    gradedPrograms().flatMap(({ taskId, prompt, samples, results }) =>
      samples.slice(0, Number(count)).map(async (sample, number) => {
        const tests = humanEvalTests(problems.get(taskId)!);
        const { verdict, reason } = await verifier.verify(codeTask(tests, sample, prompt), never);
        return { program: `${taskId}#${number}`, verdict, recorded: results[number] ? 'right' : 'wrong', reason };
      }),
    ),
  );
  await verifier.close();
  const seconds = (performance.now() - begun) / 1000;
  const differing = judged.filter(({ verdict, recorded }) => verdict !== recorded);
  const agreement = 1 - differing.length / judged.length;
  console.log('| runner | programs | agreement | seconds |\n|---|---|---|---|');
  console.log(
    `| ${verifier.runner.name} | ${judged.length} | ${(agreement * 100).toFixed(3)} % | ${seconds.toFixed(0)} |`,
  );
  for (const { program, verdict, recorded, reason } of differing) {
    console.log(`- ${program}: ${verdict}, recorded as ${recorded}: ${reason}`);
  }
  if (agreement < AGREEMENT) process.exitCode = 1;
}
