import {
  type Guest,
  type Language,
  type Limits,
  NotCompiled,
  type Reply,
  type Sandbox,
  type Session,
} from '../sandbox/port.ts';
import { sameOutput } from './compare-output.ts';
import { errorOutcome, timed } from './judge-calls.ts';
import type { Plan, ScriptCase } from './plan.ts';
import { ENDINGS_ALLOWED, failed, outcomeOf, passed, type TestResult } from './report.ts';

type Scripted = Extract<Plan, { kind: 'script' }>;

/** Runs a whole program on each input and compares its output here; where no compiler takes it, every test fails. */
export async function judgeScript(...given: Parameters<typeof runCases>): Promise<TestResult[]> {
  const [, , { cases }] = given;
  try {
    return await runCases(...given);
  } catch (error) {
    if (!(error instanceof NotCompiled)) throw error;
    return cases.map(({ input }) => failed('compile error', input, error.message));
  }
}

/**
 * Where the sandbox runs several inputs in one process, a failure counts only when a fresh process repeats it: what
 * an earlier run left behind may not fail a right program.
 */
async function runCases(
  sandbox: Sandbox,
  program: { readonly language: Language; readonly source: string },
  { cases, tolerance }: Scripted,
  limits: Limits,
  signal: AbortSignal,
): Promise<TestResult[]> {
  const guest: Guest = { role: 'script', language: program.language, source: program.source };
  const results: TestResult[] = [];
  let session: Session | null = null;
  let endings = 0;
  try {
    for (const test of cases) {
      if (endings >= ENDINGS_ALLOWED) {
        results.push(failed(results.at(-1)!.outcome, test.input, 'not run: the program was ended before'));
        continue;
      }
      const used = session !== null && sandbox.reuses;
      session ??= await sandbox.open(guest, limits, signal);
      let run = await runCase(session, test, tolerance);
      if (used && run.result.outcome !== 'passed') {
        await session.close();
        session = await sandbox.open(guest, limits, signal);
        run = await runCase(session, test, tolerance);
      }
      results.push(run.result);
      if (run.ended) {
        endings += 1;
        await session.close();
        session = null;
      }
    }
  } finally {
    await session?.close();
  }
  return results;
}

async function runCase(
  session: Session,
  test: ScriptCase,
  tolerance?: number,
): Promise<{ result: TestResult; ended: boolean }> {
  const [reply] = await session.ask([JSON.stringify({ input: test.input })]);
  return { result: timed(judge(test, reply!, tolerance), reply!), ended: reply!.kind === 'ended' };
}

function judge(test: ScriptCase, reply: Reply, tolerance?: number): TestResult {
  if (reply.kind === 'ended') return failed(outcomeOf(reply.cause), test.input, reply.detail);
  const { status, output, error } = readRun(reply.line);
  if (status !== 0) return failed(errorOutcome(/^\w*/.exec(error)![0]), test.input, error || `exit status ${status}`);
  const right = [test.output, ...(test.accepts ?? [])];
  return right.some((one) => sameOutput(output, one, tolerance))
    ? passed(test.input)
    : failed('wrong answer', test.input, `printed ${output}`);
}

/** The output comes in base64: as a JSON text, control characters would make it six times as long. */
function readRun(line: string): { status: number; output: string; error: string } {
  try {
    const run = JSON.parse(line) as { status?: unknown; output?: unknown; error?: unknown };
    if (typeof run.status === 'number' && typeof run.output === 'string') {
      const output = Buffer.from(run.output, 'base64').toString('utf8');
      return { status: run.status, output, error: `${run.error ?? ''}` };
    }
  } catch {
    // the process wrote something of its own in place of its answer
  }
  return { status: 1, output: '', error: 'unreadable answer' };
}
