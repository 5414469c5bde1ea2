import { existsSync } from 'node:fs';
import { VerifierFault } from '../../../port.ts';
import { confined, refuseWithout } from '../bwrap/launch.ts';
import { type Launch, startChildProcess } from '../child-process.ts';
import { NotCompiled } from '../port.ts';

const COMPILERS = ['/usr/bin/g++', '/usr/local/bin/g++'];
const READABLE = ['/usr/bin', '/usr/include', '/usr/libexec', '/usr/local/bin', '/usr/local/include'];
const MB = 1024 * 1024;
/** What the compiler writes beside its result. */
const SCRATCH_BYTES = 64 * MB;
const MOST_LIBRARY_BYTES = 8 * MB;
const MOST_MEMORY_KILOBYTES = 1024 * 1024;
/** Of processor time for each part of the compiler, and on the clock for all. */
const [CPU_SECONDS, WALL_SECONDS] = [20, 60];
const FIRST_ERRORS = 1000;

/**
 * A library, as contests compile programs but for `main`, which is called in it. Names are bound inside it, so that a
 * variable of the program is never taken for one of the system's, and what is nowhere defined is an error here.
 */
const FLAGS = [
  ...['-x', 'c++', '-std=gnu++20', '-O2', '-pipe', '-w', '-fmax-errors=3', '-fdiagnostics-color=never'],
  ...['-fno-diagnostics-show-caret', '-fPIC', '-fno-semantic-interposition', '-shared', '-s', '-pthread'],
  ...['-Wl,-Bsymbolic', '-Wl,-z,defs', '-o', '/tmp/program.so', '-'],
];

/** Compiles a program; rejects with NotCompiled, the first lines of the compiler in it, with `signal.reason` on abort. */
export type Compile = (source: string, signal: AbortSignal) => Promise<Buffer>;

/** The system's g++ inside bwrap, under limits. Throws, for people, where one of both is missing. */
export function cppCompiler(bwrap: string): Compile {
  refuseWithout(bwrap);
  const compiler = COMPILERS.find((path) => existsSync(path));
  if (!compiler) throw new Error(`There is no g++ (${COMPILERS.join(', ')}); install it, as \`apt install g++\` does.`);
  const launch = compilerLaunch(bwrap, compiler);
  return (source, signal) => compile(launch, source, signal);
}

function compilerLaunch(bwrap: string, compiler: string): Launch {
  const limits = `ulimit -t ${CPU_SECONDS}; ulimit -v ${MOST_MEMORY_KILOBYTES}; ulimit -f ${SCRATCH_BYTES / 512}; ulimit -c 0`;
  return confined(bwrap, {
    readable: READABLE.filter((path) => existsSync(path)),
    environment: { PATH: '/usr/bin:/usr/local/bin' },
    scratchBytes: SCRATCH_BYTES,
    command: ['/usr/bin/sh', '-c', `${limits}; "$@" && exec cat /tmp/program.so`, 'sh', compiler, ...FLAGS],
  });
}

async function compile(launch: Launch, source: string, signal: AbortSignal): Promise<Buffer> {
  signal.throwIfAborted();
  const child = startChildProcess(launch);
  const kill = () => void child.kill();
  signal.addEventListener('abort', kill, { once: true });
  const late = setTimeout(kill, WALL_SECONDS * 1000);
  const library: Buffer[] = [];
  let [size, errors] = [0, ''];
  child.stdout.on('data', (piece: Buffer) => {
    size += piece.length;
    if (size > MOST_LIBRARY_BYTES) kill();
    else library.push(piece);
  });
  child.stderr.on('data', (text: string) => {
    errors = (errors + text).slice(0, FIRST_ERRORS);
  });
  child.write(source);
  child.finish();
  await child.gone;
  clearTimeout(late);
  signal.removeEventListener('abort', kill);
  signal.throwIfAborted();
  if (child.pid < 0 || child.killedByOthers() || errors.startsWith('bwrap:')) {
    throw new VerifierFault('sandbox-lost', `the compiler was lost: ${errors || child.errors() || 'killed by others'}`);
  }
  if (size > MOST_LIBRARY_BYTES)
    throw new NotCompiled(`the compiled program is larger than ${MOST_LIBRARY_BYTES / MB} MB`);
  if (child.exitCode() === 0 && size > 0) return Buffer.concat(library);
  throw new NotCompiled(reasonOf(errors) || 'the compiler ended without a word, or took too long');
}

/** The lines that name errors; else what there is. */
function reasonOf(errors: string): string {
  const lines = errors.split('\n').map((line) => line.replace(/^<stdin>:/, 'line ').trim());
  const telling = lines.filter((line) => /\berror\b|undefined reference/.test(line));
  return (telling.length > 0 ? telling : lines).filter((line) => line !== '').join('; ');
}
