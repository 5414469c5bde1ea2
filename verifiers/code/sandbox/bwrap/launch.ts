import { execFile } from 'node:child_process';
import { existsSync, lstatSync, readlinkSync } from 'node:fs';
import { promisify } from 'node:util';
import type { Launch } from '../child-process.ts';

const PYTHONS = ['/usr/bin/python3', '/usr/local/bin/python3'];
const LIBRARIES = ['/usr/lib', '/usr/lib64', '/usr/lib32', '/lib', '/lib64', '/lib32'];
const NOBODY = 65534;
const SCRATCH_BYTES = 16 * 1024 * 1024;

const LOCATE = `
import json, os, sys, sysconfig
paths = sysconfig.get_paths()
print(json.dumps([os.path.realpath(sys.executable), paths["stdlib"], paths["platstdlib"]]))`;

/** The first argument of Python: takes the modules from its input's first line, then becomes the fork server. */
const BOOTSTRAP = `
import json, os, sys, types
# What modules want done after a fork (new locks, random numbers of its own) costs more than the fork. There are no
# threads here, and random numbers are to be the same for all.
register, os.register_at_fork = os.register_at_fork, lambda **_: None
commands = os.fdopen(os.dup2(0, 62), "rb")
for name, source in json.loads(commands.readline()):
    module = types.ModuleType(name)
    sys.modules[name] = module
    exec(compile(source, name + ".py", "exec"), module.__dict__)
os.register_at_fork = register
sys.modules["fork_server"].serve(commands)`;

/**
 * How the fork server is started inside bwrap: nothing of the host but the interpreter and the libraries, read-only.
 *
 * Rejects with the reason, for people, where Linux, bwrap or a Python is missing.
 */
export async function bwrapLaunch(bwrap: string): Promise<Launch> {
  refuseWithout(bwrap);
  const command = PYTHONS.find((path) => existsSync(path));
  if (!command) throw new Error(`There is no Python for the sandbox: ${PYTHONS.join(', ')}.`);
  const [python, ...folders] = await locate(command);
  return confined(bwrap, {
    readable: [python!, ...folders.filter((folder) => !folder.startsWith('/usr/lib/'))],
    environment: { PYTHONHASHSEED: '0' },
    scratchBytes: SCRATCH_BYTES,
    command: [python!, '-I', '-S', '-B', '-c', BOOTSTRAP],
  });
}

/** Throws, for people, where bwrap cannot be started. */
export function refuseWithout(bwrap: string): void {
  if (process.platform !== 'linux') throw new Error('bwrap works on Linux only.');
  if (!existsSync(bwrap)) throw new Error(`There is no ${bwrap}.`);
}

/** What is started inside bwrap, beside the libraries that it may read. */
export interface Confined {
  readonly readable: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** The size of `/tmp`, the only folder that may be written to. */
  readonly scratchBytes: number;
  readonly command: readonly string[];
}

/** How a command is started inside bwrap: in namespaces of its own, without rights, with nothing of the host to write. */
export function confined(bwrap: string, { readable, environment, scratchBytes, command }: Confined): Launch {
  return {
    command: bwrap,
    arguments: [
      ...['--unshare-all', '--unshare-user', '--uid', `${NOBODY}`, '--gid', `${NOBODY}`, '--hostname', 'sandbox'],
      ...['--die-with-parent', '--new-session', '--as-pid-1', '--cap-drop', 'ALL', '--clearenv'],
      ...['--setenv', 'LANG', 'C.UTF-8', '--setenv', 'HOME', '/tmp'],
      ...Object.entries(environment).flatMap(([name, value]) => ['--setenv', name, value]),
      ...LIBRARIES.flatMap(shareLibrary),
      ...['--ro-bind-try', '/etc/ld.so.cache', '/etc/ld.so.cache'],
      ...readable.flatMap((path) => ['--ro-bind', path, path]),
      ...['--proc', '/proc', '--dev', '/dev', '--size', `${scratchBytes}`, '--perms', '0700', '--tmpfs', '/tmp'],
      ...['--remount-ro', '/dev', '--remount-ro', '/', '--chdir', '/tmp'],
      ...['--', ...command],
    ],
    // Root inside a user namespace of root's would still be root to the kernel.
    ...(process.getuid?.() === 0 ? { user: NOBODY } : {}),
  };
}

async function locate(command: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)(command, ['-I', '-S', '-c', LOCATE], { env: {}, timeout: 10_000 });
  return [...new Set(JSON.parse(stdout) as string[])];
}

/** `/lib` is a link into `/usr` on most systems and a folder of its own on the others. */
function shareLibrary(path: string): string[] {
  if (!existsSync(path)) return [];
  if (lstatSync(path).isSymbolicLink()) return ['--symlink', readlinkSync(path), path];
  return ['--ro-bind', path, path];
}
