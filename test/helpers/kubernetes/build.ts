import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

/** One object of Kubernetes', as its file has it. */
// biome-ignore lint/suspicious/noExplicitAny: what a manifest holds is what the tests look at.
export type Manifest = any;

const tools = [
  ['kustomize', 'build'],
  ['kubectl', 'kustomize'],
] as const;
const tool = tools.find(([program, verb]) => spawnSync(program, [verb, '--help']).status === 0);
export const canBuild = tool !== undefined;

/** What `kubectl apply -k` would send for a folder of deploy/kubernetes, by the real kustomize. */
export const build = (folder: string): Manifest[] => {
  const [program, verb] = tool!;
  const text = execFileSync(program, [verb, folder], { encoding: 'utf8' });
  return parseAllDocuments(text).map((one) => one.toJS());
};

/** The same where somebody has changed a file of it. */
export const buildChanged = (folder: string, file: string, change: (text: string) => string): Manifest[] => {
  const copy = mkdtempSync(join(tmpdir(), 'sluice-kustomize-'));
  try {
    cpSync('deploy/kubernetes', copy, { recursive: true });
    writeFileSync(join(copy, file), change(readFileSync(join(copy, file), 'utf8')));
    return build(join(copy, folder));
  } finally {
    rmSync(copy, { recursive: true });
  }
};

/** The words of a container's command, `$(NAME)` replaced by its variables as Kubernetes does it. */
export const wordsOf = ({ args, env }: Manifest): string[] =>
  args.map((word: string) =>
    word.replace(/\$\((\w+)\)/g, (whole, name) => env.find((one: Manifest) => one.name === name)?.value ?? whole),
  );
