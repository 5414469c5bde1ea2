import { nodeModules } from './node-modules.ts';
import { StandardInput, takeLine } from './standard-input.ts';
import { writeError, writeText } from './streams.ts';

declare const addEventListener: (event: 'unload', run: () => void) => void;
declare const Deno: { exitCode: number; exit(code: number): never };

/**
 * Puts in place what programs of contests expect of Node and of the shells of engines: `process`, `require`, `readline`
 * and `print`. Node's own modules as Deno has them cost ten times as long to load as the program; they come where one is
 * asked for that has no stand-in. Returns what ends the process.
 */
export function standIns(): (code: number) => never {
  const host = Deno;
  const exit = (code?: number): never => host.exit(code ?? host.exitCode);
  const ofDeno = Object.getOwnPropertyDescriptor(globalThis, 'process')!;
  const loaded = (name: string): object | undefined => {
    const real = (ofDeno.get ? ofDeno.get.call(globalThis) : ofDeno.value) as NodeJS.Process;
    return real.getBuiltinModule(name);
  };
  const process = processStandIn(exit);
  const require = nodeModules(process, loaded);
  forgetGlobals();
  const put = (name: string, value: unknown) =>
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
  put('process', process);
  put('require', require);
  put('global', globalThis);
  put('setImmediate', (run: (...given: unknown[]) => void, ...given: unknown[]) => setTimeout(run, 0, ...given));
  put('readline', takeLine);
  put('print', (...given: unknown[]) => writeText(`${given.join(' ')}\n`));
  return exit;

  function processStandIn(leave: (code?: number) => never): object {
    const stdin = new StandardInput();
    const atExit = (event: string, run: (code: number) => void) => {
      if (event === 'exit') addEventListener('unload', () => run(host.exitCode));
    };
    const stream = (write: (text: string | Uint8Array) => void, fd: number) => ({
      fd,
      isTTY: false,
      columns: 80,
      write: (text: string | Uint8Array, ...more: unknown[]) => {
        write(text);
        const done = more.at(-1);
        if (typeof done === 'function') queueMicrotask(() => done());
        return true;
      },
      end: (text?: string) => void (text === undefined || write(text)),
      on: () => stdin,
      once: () => stdin,
    });
    const clock = performance;
    const nanoseconds = () => BigInt(Math.round(clock.now() * 1e6));
    const hrtime = (before?: readonly [number, number]): [number, number] => {
      const [seconds, rest] = [Number(nanoseconds() / 10n ** 9n), Number(nanoseconds() % 10n ** 9n)];
      if (!before) return [seconds, rest];
      const borrow = rest < before[1] ? 1 : 0;
      return [seconds - before[0] - borrow, rest - before[1] + borrow * 1e9];
    };
    return {
      stdin,
      stdout: stream(writeText, 1),
      stderr: stream(writeError, 2),
      argv: ['node', '/solution.js'],
      env: {},
      platform: 'linux',
      version: 'v24.0.0',
      versions: { node: '24.0.0' },
      pid: 1,
      exit: leave,
      get exitCode() {
        return host.exitCode;
      },
      set exitCode(code: number) {
        host.exitCode = code;
      },
      nextTick: (run: (...given: unknown[]) => void, ...given: unknown[]) => queueMicrotask(() => run(...given)),
      hrtime: Object.assign(hrtime, { bigint: nanoseconds }),
      uptime: () => clock.now() / 1000,
      cwd: () => '/',
      memoryUsage: () => ({ heapUsed: 0, heapTotal: 0, rss: 0, external: 0 }),
      on: atExit,
      once: atExit,
      emitWarning() {},
    };
  }
}

/** Deno's permissions are the wall; this only takes the toys away from in front of it. */
function forgetGlobals(): void {
  const ofDeno = ['Deno', 'Worker', 'fetch', 'WebSocket', 'EventSource', 'localStorage', 'sessionStorage', 'caches'];
  const ofBrowsers = ['BroadcastChannel', 'navigator', 'prompt', 'alert', 'confirm', 'close'];
  for (const name of [...ofDeno, ...ofBrowsers]) Reflect.deleteProperty(globalThis, name);
}
