import { LANGUAGES, type Language, type SandboxName, SandboxUnavailable } from './sandbox/port.ts';
import { openSandboxes, type Sandboxes } from './sandbox/sandboxes.ts';
import { type CodeVerifierSettings, completeSettings } from './settings.ts';

/** What would run a model's programs here, for `sluice doctor`. */
export type SandboxDescription =
  | {
      readonly available: true;
      readonly name: SandboxName;
      readonly guarantees: readonly string[];
      /** Time limits are multiplied by it. */
      readonly timeScale: number;
      /** Why a better runner was not taken. */
      readonly refused: readonly string[];
      /** Languages that can be run, and those that cannot, each with the reason. */
      readonly languages: readonly { readonly language: Language; readonly refused: string | null }[];
    }
  | { readonly available: false; readonly refused: readonly string[]; readonly advice: string };

/** Starts the sandbox, tries it and closes it again. */
export async function describeSandbox(settings: CodeVerifierSettings = {}): Promise<SandboxDescription> {
  try {
    const sandboxes = await openSandboxes(completeSettings(settings));
    try {
      const { name, guarantees, timeScale } = sandboxes.python;
      const languages = await Promise.all(LANGUAGES.map((language) => stateOf(sandboxes, language)));
      return { available: true, name, guarantees, timeScale, refused: sandboxes.refused, languages };
    } finally {
      await sandboxes.close();
    }
  } catch (error) {
    if (!(error instanceof SandboxUnavailable)) throw error;
    return { available: false, refused: error.reasons, advice: error.message };
  }
}

async function stateOf(sandboxes: Sandboxes, language: Language) {
  const found = await sandboxes.of(language);
  return { language, refused: 'guarantees' in found ? null : found.refused };
}
