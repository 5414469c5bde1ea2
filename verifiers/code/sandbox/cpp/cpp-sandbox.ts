import type { Sandbox } from '../port.ts';
import type { Compile } from './compile.ts';

/** Programs that are kept compiled: the next case, or the same program again, need not wait for the compiler. */
const KEPT = 16;

/**
 * Programs in C++: compiled once inside bwrap, then run as often as there are cases in confined processes of `runner`,
 * like Python's. `runner` is bwrap's; its limits and its scale of time hold.
 */
export function cppSandbox(runner: Sandbox, compile: Compile): Sandbox {
  const compiled = new Map<string, string>();

  async function libraryOf(source: string, signal: AbortSignal): Promise<string> {
    const known = compiled.get(source);
    if (known !== undefined) return known;
    const library = (await compile(source, signal)).toString('base64');
    compiled.set(source, library);
    if (compiled.size > KEPT) compiled.delete(compiled.keys().next().value!);
    return library;
  }

  return {
    name: runner.name,
    guarantees: [
      'Programs in C++ are compiled and run inside bubblewrap: the compiler without network and files of the host, what it made like a program in Python.',
    ],
    get timeScale() {
      return runner.timeScale;
    },
    reuses: false,
    async open(guest, limits, signal) {
      if (guest.role !== 'script') throw new TypeError('A program in C++ is run as a whole.');
      const library = await libraryOf(guest.source, signal);
      return runner.open({ role: 'script', language: 'c++', source: '', library }, limits, signal);
    },
    async close() {
      compiled.clear();
    },
  };
}
