import { readlineModule } from './line-reader.ts';
import { takeBytes } from './standard-input.ts';
import { writeError, writeText } from './streams.ts';

type Load = (name: string) => object | undefined;
type Encoding = string | { encoding?: string } | null | undefined;

/** `require`, with stand-ins for what reads and writes; every other module is Deno's own, which needs permissions. */
export function nodeModules(process: object, load: Load): (name: string) => unknown {
  const own: Readonly<Record<string, () => object>> = {
    fs: () => besides(fileSystem(process), () => load('fs')),
    'fs/promises': () => fileSystem(process).promises,
    readline: () => readlineModule(false),
    'readline/promises': () => readlineModule(true),
    process: () => process,
    os: () => besides({ EOL: '\n' }, () => load('os')),
    perf_hooks: () => ({ performance }),
  };
  const loaded = new Map<string, object>();
  return (given) => {
    const name = `${given}`.replace(/^node:/, '');
    const found = loaded.get(name) ?? (Object.hasOwn(own, name) ? own[name]!() : load(name));
    if (!found) throw new Error(`Cannot find module '${name}'`);
    loaded.set(name, found);
    return found;
  };
}

/** A stand-in, and behind it the module itself for all that it lacks. */
function besides(standIn: object, load: () => object | undefined): object {
  return new Proxy(standIn, {
    get: (target, key) => (key in target ? Reflect.get(target, key) : Reflect.get(load() ?? {}, key)),
  });
}

const INPUTS: readonly unknown[] = [0, '/dev/stdin', '/proc/self/fd/0', '/dev/fd/0'];
const OUTPUTS: readonly unknown[] = [1, '/dev/stdout'];

function fileSystem(process: object) {
  const read = (path: unknown, encoding?: Encoding): unknown => {
    if (!INPUTS.includes(path)) throw new Error(`EACCES: permission denied, open '${path}'`);
    const named = typeof encoding === 'object' ? encoding?.encoding : encoding;
    const bytes = takeBytes();
    return named ? bytes.toString() : bytes;
  };
  const write = (path: unknown, text: string | Uint8Array) => {
    if (OUTPUTS.includes(path)) writeText(text);
    else if (path === 2 || path === '/dev/stderr') writeError(text);
    else throw new Error(`EACCES: permission denied, open '${path}'`);
    return text.length;
  };
  return {
    readFileSync: read,
    readFile: (path: unknown, second: Encoding | ReadDone, third?: ReadDone) => {
      const done = third ?? (second as ReadDone);
      const text = read(path, third ? (second as Encoding) : undefined);
      queueMicrotask(() => done(null, text));
    },
    promises: { readFile: async (path: unknown, encoding?: Encoding) => read(path, encoding) },
    readSync: (_: unknown, buffer: Uint8Array, at = 0, length = buffer.length - at) => {
      const bytes = takeBytes(length);
      buffer.set(bytes, at);
      return bytes.length;
    },
    openSync: (path: unknown) => {
      if (INPUTS.includes(path)) return 0;
      throw new Error(`EACCES: permission denied, open '${path}'`);
    },
    closeSync() {},
    existsSync: (path: unknown) => INPUTS.includes(path),
    createReadStream: () => (process as { stdin: object }).stdin,
    writeSync: write,
    writeFileSync: write,
    appendFileSync: write,
  };
}

type ReadDone = (error: unknown, text: unknown) => void;
