import type { CompleteSettings } from '../settings.ts';
import { bwrapPath, chooseSandbox, started } from './choose-sandbox.ts';
import { cppCompiler } from './cpp/compile.ts';
import { cppSandbox } from './cpp/cpp-sandbox.ts';
import { tryCpp } from './cpp/trial.ts';
import { javascriptSandbox } from './javascript/javascript-sandbox.ts';
import { JAVASCRIPT_TRIAL } from './javascript/trial.ts';
import type { Language, Sandbox } from './port.ts';

/** A sandbox for each language; those beside Python's are started when the first program comes. */
export interface Sandboxes {
  /** The chosen runner, in which Python runs. */
  readonly python: Sandbox;
  /** Why a better runner than Python's was not taken. */
  readonly refused: readonly string[];
  /** Where programs in a language run, or the reason why they cannot run here. */
  of(language: Language): Promise<Sandbox | LanguageRefused>;
  /** Ends every process. */
  close(): Promise<void>;
}

/** Programs in a language cannot be run on this machine. */
export interface LanguageRefused {
  readonly refused: string;
}

/** Starts Python's sandbox. Rejects with SandboxUnavailable where none works. */
export async function openSandboxes(settings: CompleteSettings): Promise<Sandboxes> {
  const { sandbox: python, refused } = await chooseSandbox(settings);
  const others = new Map<Language, Promise<Sandbox | LanguageRefused>>();
  const kept = (language: Language, start: () => Promise<Sandbox>) => {
    const known =
      others.get(language) ?? start().catch((error: Error): LanguageRefused => ({ refused: error.message }));
    others.set(language, known);
    return known;
  };
  const cpp = async () => {
    if (python.name !== 'bwrap') throw new Error('it needs bwrap, which is not the runner');
    const sandbox = cppSandbox(python, cppCompiler(bwrapPath(settings)));
    await tryCpp(sandbox);
    return sandbox;
  };
  const javascript = async () => started(javascriptSandbox(settings), JAVASCRIPT_TRIAL);

  return {
    python,
    refused,
    async of(language) {
      switch (language) {
        case 'python':
          return python;
        case 'javascript':
        case 'typescript':
          return kept('javascript', javascript);
        case 'c++':
          return kept(language, cpp);
      }
    },
    async close() {
      const open = await Promise.all(others.values());
      await Promise.all([python, ...open].map((one) => ('refused' in one ? undefined : one.close())));
    },
  };
}
