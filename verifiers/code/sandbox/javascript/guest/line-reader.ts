import { Emitter, takeLine } from './standard-input.ts';
import { writeText } from './streams.ts';

type Listener = (...given: unknown[]) => void;
type Answer = (line: string) => void;

const later = globalThis.setTimeout;

/** An interface of Node's `readline` on standard input, the only input there is. */
export class LineReader extends Emitter {
  terminal = false;
  line = '';
  #closed = false;
  #flows = false;

  override on(event: string, listener: Listener): this {
    super.on(event, listener);
    if (event === 'line' || event === 'close') this.#start();
    return this;
  }
  question(query: string, second: object | Answer, third?: Answer): void {
    const answer = third ?? (second as Answer);
    writeText(query);
    const line = this.#closed ? null : takeLine();
    if (line === null) this.close();
    else queueMicrotask(() => answer(line));
  }
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.emit('close');
  }
  prompt(): void {
    this.#start();
  }
  setPrompt(): void {}
  write(): void {}
  pause(): this {
    return this;
  }
  resume(): this {
    return this;
  }
  async *[Symbol.asyncIterator](): AsyncGenerator<string> {
    for (let line = takeLine(); line !== null && !this.#closed; line = takeLine()) yield line;
    this.close();
  }

  #start(): void {
    if (!this.#flows) later(() => this.#flow(), 0);
    this.#flows = true;
  }

  /** Lines go to whoever listens; without anybody, they stay for `question` and for loops. */
  async #flow(): Promise<void> {
    while (!this.#closed && this.listenerCount('line') > 0) {
      const line = takeLine();
      if (line === null) {
        this.close();
        return;
      }
      this.emit('line', line);
      await undefined;
    }
  }
}

/** Node's `readline`, and `readline/promises` where `question` is to give a promise. */
export function readlineModule(promises: boolean): object {
  class PromisingReader extends LineReader {
    override question(query: string): Promise<string> {
      return new Promise((resolve) => super.question(query, resolve));
    }
  }
  const Interface = promises ? PromisingReader : LineReader;
  return { Interface, createInterface: () => new Interface(), clearLine() {}, cursorTo() {} };
}
