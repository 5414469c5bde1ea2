import { type ChildProcess, spawn } from 'node:child_process';

/** Ends groups of processes when this one is gone, however it went. */
export interface Guard {
  watch(group: number): void;
  /** It has ended by itself. */
  forget(group: number): void;
  close(): void;
}

/**
 * A shell of its own group that reads `+ GROUP` and `- GROUP` a line, and kills what is left when its input ends: the
 * system ends that with this process, also where nothing gets to say goodbye.
 */
export const openGuard = (): Guard => {
  let shell: ChildProcess | null = null;
  const say = (line: string): void => {
    shell ??= started();
    shell.stdin?.write(`${line}\n`);
  };
  return {
    watch: (group) => say(`+ ${group}`),
    forget: (group) => say(`- ${group}`),
    close: () => void shell?.stdin?.end(),
  };
};

const script = `
groups=" "
while read -r sign group; do
  case "$sign" in
    +) groups="$groups$group " ;;
    -) case "$groups" in *" $group "*) groups="\${groups%% "$group" *} \${groups#* "$group" }" ;; esac ;;
  esac
done
for group in $groups; do kill -s KILL -- "-$group" 2>/dev/null; done
`;

const started = (): ChildProcess => {
  const shell = spawn('/bin/sh', ['-c', script], { detached: true, stdio: ['pipe', 'ignore', 'ignore'], env: {} });
  shell.on('error', () => {});
  shell.stdin?.on('error', () => {});
  shell.unref();
  return shell;
};

/** Kills a whole group of processes. */
export const killGroup = (group: number): void => {
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // It has ended in between.
  }
};
