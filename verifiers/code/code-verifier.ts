import { setTimeout as sleep } from 'node:timers/promises';
import { type Judgement, type Reference, type Task, VerifierFault, type Verify } from '../port.ts';
import { type CodeJudgement, judgeProgram, type Terms } from './judging/judge-program.ts';
import { languageOf } from './language.ts';
import type { SandboxName } from './sandbox/port.ts';
import { openSandboxes } from './sandbox/sandboxes.ts';
import { createSlots } from './sandbox/slots.ts';
import { type CodeVerifierSettings, completeSettings } from './settings.ts';

export interface CodeVerifier {
  readonly verify: Verify;
  /** The same with what became of every test. */
  readonly explain: (task: Task, signal: AbortSignal) => Promise<CodeJudgement>;
  /** Why programs in a problem's language cannot be run on this machine; null where they can, or can nowhere. */
  readonly lacks: (reference: Reference) => Promise<string | null>;
  readonly runner: { readonly name: SandboxName; readonly guarantees: readonly string[]; readonly timeScale: number };
  /** Ends every process; tasks under way fail. */
  close(): Promise<void>;
}

/**
 * Starts a sandbox and judges programs in it, `settings.processes` at once; further tasks wait their turn.
 *
 * Rejects with SandboxUnavailable where no sandbox works. Nothing is ever run without one.
 */
export async function codeVerifier(settings: CodeVerifierSettings = {}): Promise<CodeVerifier> {
  const complete = completeSettings(settings);
  const sandboxes = await openSandboxes(complete);
  const { name, guarantees, timeScale } = sandboxes.python;
  const slots = createSlots(complete.processes);

  async function explain({ reference, response }: Task, signal: AbortSignal): Promise<CodeJudgement> {
    if (reference.domain !== 'code') throw new TypeError(`The code verifier was given a ${reference.domain} problem.`);
    const judge = (run: Terms['run']) =>
      judgeProgram(sandboxes, reference, response, { defaults: complete.limits, run, signal });
    // A sandbox that was lost (killed from outside, out of memory) says nothing about the program.
    const again =
      (run: Terms['run']) =>
      async (error: unknown): Promise<CodeJudgement> => {
        if (!isLost(error)) throw error;
        await sleep(LOST_PAUSE_MILLISECONDS, undefined, { signal }).catch(() => {});
        return judge(run);
      };
    const first = await slots.run(signal, () => judge('in company').catch(again('in company')));
    return first.close ? slots.alone(signal, () => judge('alone').catch(again('alone'))) : first;
  }

  async function lacks(reference: Reference): Promise<string | null> {
    const language = reference.domain === 'code' ? languageOf(reference.language) : undefined;
    const sandbox = language && (await sandboxes.of(language));
    return sandbox && 'refused' in sandbox ? sandbox.refused : null;
  }

  return {
    explain,
    lacks,
    verify: async (task, signal) => judgementOf(await explain(task, signal)),
    runner: { name, guarantees, timeScale },
    close: () => sandboxes.close(),
  };
}

/** Whatever killed one process may have killed those that lay ready, too, and the word of it may still be on its way. */
const LOST_PAUSE_MILLISECONDS = 100;

function isLost(error: unknown): boolean {
  return error instanceof VerifierFault && error.code === 'sandbox-lost';
}

function judgementOf({ verdict, reason, extracted, found, passedShare }: CodeJudgement): Judgement {
  return { verdict, reason, extracted, found, passedShare };
}
