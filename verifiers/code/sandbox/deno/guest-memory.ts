/**
 * The memory of a started Python as a file that leaves out what is zero, more than half of it: pages that are neither
 * read nor written are no work for the system.
 *
 *     eight hex digits   how long the next part is
 *     JSON               [length of the whole, [[where, how many bytes], …]]
 *     bytes              piece after piece
 */

import { joined } from './guest-lines.ts';

declare const Deno: { openSync(path: string): MemoryFile };

interface MemoryFile {
  readSync(into: Uint8Array): number | null;
  close(): void;
}

const PAGE = 4096;
/** Memory of WebAssembly is a whole number of these; Pyodide's own notes stand before it. */
const WASM_PAGE = 65536;

type Piece = readonly [at: number, length: number];

/** The file's content, of a whole memory snapshot. */
export function thinned(snapshot: Uint8Array): Uint8Array {
  const notes = snapshot.length % WASM_PAGE;
  const pieces: [number, number][] = [[0, notes]];
  for (let at = notes; at < snapshot.length; at += PAGE) {
    if (snapshot.subarray(at, at + PAGE).every((byte) => byte === 0)) continue;
    const last = pieces.at(-1)!;
    if (at > notes && last[0] + last[1] === at) last[1] += PAGE;
    else pieces.push([at, PAGE]);
  }
  const contents = new TextEncoder().encode(JSON.stringify([snapshot.length, pieces]));
  const size = new TextEncoder().encode(contents.length.toString(16).padStart(8, '0'));
  return joined([size, contents, ...pieces.map(([at, length]) => snapshot.subarray(at, at + length))]);
}

/**
 * A snapshot for Pyodide that holds its notes alone. When Pyodide copies the rest into the interpreter's memory, it is
 * read from the file instead, straight to where it belongs. `copied` has to be called once Pyodide is loaded, and
 * throws where it went another way.
 */
export function thinSnapshot(path: string): { snapshot: Uint8Array; copied(): void } {
  const file = Deno.openSync(path);
  const size = Number.parseInt(text(filled(file, new Uint8Array(8))), 16);
  const [length, [notes, ...pieces]] = JSON.parse(text(filled(file, new Uint8Array(size)))) as [number, Piece[]];
  const snapshot = new Uint8Array(length);
  filled(file, snapshot.subarray(0, notes![1]));
  let isCopied = false;
  Int8Array.prototype.set = function (source: ArrayLike<number>, offset?: number): void {
    const { buffer, byteOffset } = source as Uint8Array;
    if (buffer !== snapshot.buffer) {
      set.call(this, source, offset);
      return;
    }
    for (const [at, bytes] of pieces) filled(file, new Uint8Array(this.buffer, at - byteOffset, bytes));
    isCopied = true;
  };
  return {
    snapshot,
    copied: () => {
      Reflect.deleteProperty(Int8Array.prototype, 'set');
      file.close();
      if (!isCopied) throw new Error('Pyodide takes its memory in another way than expected');
    },
  };
}

/** That of all typed arrays. */
const { set } = Int8Array.prototype;

function filled(file: MemoryFile, target: Uint8Array): Uint8Array {
  for (let at = 0; at < target.length; ) {
    const length = file.readSync(target.subarray(at));
    if (length === null) throw new Error('the memory snapshot is cut short');
    at += length;
  }
  return target;
}

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
