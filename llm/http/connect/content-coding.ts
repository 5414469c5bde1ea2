import { PassThrough, pipeline, type Readable, type Transform } from 'node:stream';
import {
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from 'node:zlib';
import { EndpointFault } from '../../endpoint-fault.ts';

/** Bodies that lack their end are read as far as they go, as browsers do: whether the answer is whole is seen from it. */
const lenient = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH };
const lenientBrotli = { flush: constants.BROTLI_OPERATION_FLUSH, finishFlush: constants.BROTLI_OPERATION_FLUSH };

/** A proxy may have undone the coding and left its name. */
const gzip = (first: number): Transform => (first === 0x1f ? createGunzip(lenient) : new PassThrough());

const decoders: Readonly<Record<string, (first: number) => Transform>> = {
  gzip,
  'x-gzip': gzip,
  // RFC 9110, 8.4.1.2: some send the bare stream without zlib's head.
  deflate: (first) => ((first & 0x0f) === 8 ? createInflate(lenient) : createInflateRaw(lenient)),
  br: () => createBrotliDecompress(lenientBrotli),
  zstd: (first) => (first === 0x28 ? createZstdDecompress() : new PassThrough()),
};

/** What is sent for no coding, by mistake for another field or in full. */
const none: ReadonlySet<string> = new Set([
  '',
  'identity',
  'none',
  'utf-8',
  'utf8',
  'text',
  'binary',
  '8bit',
  'chunked',
]);

/** Each is a stream of its own. */
const mostCodings = 4;

/**
 * A body with its content codings (RFC 9110, 8.4) undone, the last first. Nothing is asked to be coded; some proxies do
 * it all the same. Rejects with a fault where a coding is not known.
 */
export const decoded = async (body: Readable, codings = ''): Promise<Readable> => {
  const names = codings.split(',').map((name) => name.replace(/;.*/s, '').trim().toLowerCase());
  if (names.length > mostCodings) throw new EndpointFault('malformed', `a body in ${names.length} codings`);
  let text = body;
  for (const name of names.reverse()) {
    if (none.has(name)) continue;
    const decoder = Object.hasOwn(decoders, name) ? decoders[name] : undefined;
    if (decoder === undefined) throw new EndpointFault('malformed', `a body in the coding ${JSON.stringify(name)}`);
    text = await through(text, decoder);
  }
  return text;
};

/** The decoder is chosen by the first byte. */
const through = async (body: Readable, decoder: (first: number) => Transform): Promise<Readable> => {
  const whole = pipeline(body, new PassThrough(), () => {});
  await new Promise<void>((resolve) => {
    whole.once('readable', resolve);
    whole.once('close', resolve);
  });
  const first = whole.read(1) as Buffer | null;
  if (first === null) return whole;
  whole.unshift(first);
  return pipeline(whole, decoder(first[0]!), () => {});
};
