import { readAll } from './streams.ts';

const decoder = new TextDecoder();

/** Bytes as Node's buffers are used by programs: they become the text where one is wanted. */
export class Bytes extends Uint8Array {
  override toString(_encoding?: string, start = 0, end = this.length): string {
    return decoder.decode(this.subarray(start, end));
  }
}

/** What is left of standard input; read when it is first asked for. */
let rest: Uint8Array<ArrayBuffer> | undefined;

/** Takes up to so many bytes of it, or all. */
export function takeBytes(most = Number.POSITIVE_INFINITY): Bytes {
  rest ??= readAll();
  const taken = new Bytes(Math.min(rest.length, most));
  taken.set(rest.subarray(0, taken.length));
  rest = rest.subarray(taken.length);
  return taken;
}

/** Takes the next line, without its end; null where nothing is left. */
export function takeLine(): string | null {
  rest ??= readAll();
  if (rest.length === 0) return null;
  const at = rest.indexOf(10);
  const line = decoder.decode(rest.subarray(0, at < 0 ? rest.length : at));
  rest = rest.subarray(at < 0 ? rest.length : at + 1);
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

type Listener = (...given: unknown[]) => void;

/** The little of Node's emitters that readers of input use. */
export class Emitter {
  readonly #listeners = new Map<string, Listener[]>();

  on(event: string, listener: Listener): this {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
    return this;
  }
  addListener(event: string, listener: Listener): this {
    return this.on(event, listener);
  }
  once(event: string, listener: Listener): this {
    const first: Listener = (...given) => {
      this.off(event, first);
      listener.apply(this, given);
    };
    return this.on(event, first);
  }
  off(event: string, listener: Listener): this {
    const left = (this.#listeners.get(event) ?? []).filter((one) => one !== listener);
    this.#listeners.set(event, left);
    return this;
  }
  removeListener(event: string, listener: Listener): this {
    return this.off(event, listener);
  }
  removeAllListeners(event?: string): this {
    if (event === undefined) this.#listeners.clear();
    else this.#listeners.delete(event);
    return this;
  }
  emit(event: string, ...given: unknown[]): boolean {
    const listeners = this.#listeners.get(event) ?? [];
    for (const listener of listeners) listener.apply(this, given);
    return listeners.length > 0;
  }
  listenerCount(event: string): number {
    return this.#listeners.get(event)?.length ?? 0;
  }
}

const later = globalThis.setTimeout;

/** `process.stdin`: the whole input in one piece, once someone listens and the program's top level is done. */
export class StandardInput extends Emitter {
  readonly fd = 0;
  readonly isTTY = false;
  #text = false;
  #flows = false;

  override on(event: string, listener: Listener): this {
    super.on(event, listener);
    if (event === 'data' || event === 'readable' || event === 'end') this.resume();
    return this;
  }
  setEncoding(): this {
    this.#text = true;
    return this;
  }
  resume(): this {
    if (!this.#flows) later(() => this.#flow(), 0);
    this.#flows = true;
    return this;
  }
  pause(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
  read(): string | Bytes | null {
    const bytes = takeBytes();
    return bytes.length === 0 ? null : this.#text ? bytes.toString() : bytes;
  }
  async *[Symbol.asyncIterator](): AsyncGenerator<string | Bytes> {
    const piece = this.read();
    if (piece !== null) yield piece;
  }

  #flow(): void {
    this.emit('readable');
    const piece = this.read();
    if (piece !== null) this.emit('data', piece);
    else this.emit('readable');
    this.emit('end');
    this.emit('close');
  }
}
