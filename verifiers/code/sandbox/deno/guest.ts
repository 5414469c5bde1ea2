/**
 * Runs inside Deno, where every permission but reading Pyodide's own files is denied, and that one is given up once
 * they are loaded. It serves one guest and is then killed from outside.
 *
 *     guest.ts make  <pyodide folder> <snapshot> <modules as JSON>   writes the memory snapshot to standard output
 *     guest.ts serve <pyodide folder> <snapshot>                     one line in, one line out
 */

import { moduleFactory } from './guest-factory.ts';
import { readLine, say, writeAll } from './guest-lines.ts';
import { thinned, thinSnapshot } from './guest-memory.ts';
import { type StreamTarget, standardStreams } from './guest-streams.ts';

declare const Deno: {
  readonly args: readonly string[];
  readonly permissions: { revokeSync(permission: { name: string }): unknown };
  readFileSync(path: string): Uint8Array<ArrayBuffer>;
  readTextFileSync(path: string): string;
  exit(code: number): never;
};

interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}
declare const WebAssembly: { readonly Memory: { readonly prototype: WasmMemory } };

/** The little that is used of Pyodide's interface. */
interface Pyodide extends StreamTarget {
  runPython(source: string): PythonFunction;
  makeMemorySnapshot(): Uint8Array;
}
type PythonFunction = ((...given: unknown[]) => string) & { callPromising(...given: unknown[]): Promise<string> };

const ENVIRONMENT = { HOME: '/home/pyodide', PYTHONHASHSEED: '0' };
const DEFINE_MODULES = `
import json, sys, types
for _name, _source in json.loads(_modules):
    _module = types.ModuleType(_name)
    sys.modules[_name] = _module
    exec(compile(_source, _name + '.py', 'exec'), _module.__dict__)
del _modules, _name, _source, _module
`;

const [mode, folder, snapshotPath, modules] = Deno.args;
const { permissions } = Deno;
const exit: (code: number) => never = Deno.exit;

const memory = limitMemory();
becomeShell();
const { loadPyodide } = (await import(`file://${folder}/pyodide.mjs`)) as {
  loadPyodide(options: object): Promise<Pyodide>;
};
if (mode === 'make') await makeSnapshot();
else await serve();

async function makeSnapshot(): Promise<void> {
  const python = await loadPyodide({ indexURL: `${folder}/`, _makeSnapshot: true, env: ENVIRONMENT });
  python.runPython(`_modules = ${JSON.stringify(modules)}\n${DEFINE_MODULES}`);
  writeAll(thinned(python.makeMemorySnapshot()));
  exit(0);
}

async function serve(): Promise<void> {
  const { snapshot, copied } = thinSnapshot(snapshotPath!);
  const createPyodideModule = moduleFactory(
    Deno.readTextFileSync(`${folder}/pyodide.asm.mjs`),
    `file://${folder}/pyodide.asm.mjs`,
  );
  const python = await loadPyodide({
    indexURL: `${folder}/`,
    _loadSnapshot: snapshot,
    env: ENVIRONMENT,
    ...(createPyodideModule ? { createPyodideModule } : {}),
  });
  copied();
  permissions.revokeSync({ name: 'read' });
  const begin = python.runPython('import pyodide_guest; pyodide_guest.begin');
  const answer = python.runPython('pyodide_guest.answer');
  const streams = standardStreams(python, exit);
  forgetGlobals();
  say('{"ready":true}');
  const job = readLine();
  if (job === null) exit(0);
  const { start, limits } = JSON.parse(job) as { start: { role: string }; limits: { memory: number; output: number } };
  memory.limit(limits.memory);
  streams.limit = limits.output;
  begin(JSON.stringify(start), exchange);
  for (let line = readLine(); line !== null; line = readLine()) {
    streams.begin(start.role === 'script' ? (JSON.parse(line) as { input: string }).input : '');
    const reply: string = await answered(answer, line);
    say(start.role === 'script' ? streams.finish(reply) : reply);
  }
  exit(0);
}

/**
 * Pyodide takes this for the shell of a JavaScript engine, which can read files, and asks the system for random bytes by
 * a command. It would take Deno for Node, whose parts cost a fifth of the time to be ready.
 */
function becomeShell(): void {
  Reflect.deleteProperty(globalThis, 'process');
  Object.assign(globalThis, {
    read: (path: string) => Deno.readTextFileSync(path),
    readbuffer: (path: string) => Deno.readFileSync(path).buffer,
    load: () => {},
    os: { system: (_shell: string, [, command]: string[]) => randomBase64(Number(/\d+/.exec(command!))) },
  });
}

function randomBase64(length: number): string {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(length))));
}

/** The checker's way to the host, from the middle of its work. */
function exchange(line: string): string {
  say(line);
  const reply = readLine();
  if (reply === null) exit(0);
  return reply;
}

async function answered(answer: PythonFunction, line: string): Promise<string> {
  try {
    return await answer.callPromising(line);
  } catch (error) {
    // `os._exit` and a stack that overflowed end the interpreter; nothing more can be asked of it.
    const status = (error as { status?: unknown }).status;
    const message = String((error as { message?: unknown }).message ?? error).trim();
    return JSON.stringify({ fatal: message.split('\n').at(-1), status: typeof status === 'number' ? status : 1 });
  }
}

/** Refuses growth of the interpreter's memory beyond a limit, so that Python raises MemoryError. */
function limitMemory() {
  let most = Number.POSITIVE_INFINITY;
  const grow = WebAssembly.Memory.prototype.grow;
  WebAssembly.Memory.prototype.grow = function (this: WasmMemory, pages: number) {
    if (this.buffer.byteLength + pages * 65536 > most) throw new RangeError('memory limit');
    return grow.call(this, pages);
  };
  return {
    limit: (bytes: number) => {
      most = bytes;
    },
  };
}

/** Deno's permissions are the wall; this only takes the toys away from in front of it. */
function forgetGlobals(): void {
  const ofDeno = ['Deno', 'Worker', 'fetch', 'WebSocket', 'EventSource', 'localStorage', 'sessionStorage', 'caches'];
  const ofBrowsers = ['BroadcastChannel', 'navigator', 'prompt', 'alert', 'confirm', 'close', 'process'];
  for (const name of [...ofDeno, ...ofBrowsers, 'read', 'readbuffer', 'load']) {
    Reflect.deleteProperty(globalThis, name);
  }
  // Emscripten leaves the exit status of `os._exit` here.
  Object.assign(globalThis, { process: {} });
}
