import { chooseSandbox } from './sandbox/choose-sandbox.ts';
import { type SandboxName, SandboxUnavailable } from './sandbox/port.ts';
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
    }
  | { readonly available: false; readonly refused: readonly string[]; readonly advice: string };

/** Starts the sandbox, tries it and closes it again. */
export async function describeSandbox(settings: CodeVerifierSettings = {}): Promise<SandboxDescription> {
  try {
    const { sandbox, refused } = await chooseSandbox(completeSettings(settings));
    await sandbox.close();
    const { name, guarantees, timeScale } = sandbox;
    return { available: true, name, guarantees, timeScale, refused };
  } catch (error) {
    if (!(error instanceof SandboxUnavailable)) throw error;
    return { available: false, refused: error.reasons, advice: error.message };
  }
}
