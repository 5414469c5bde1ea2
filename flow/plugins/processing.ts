import type { OpenPlugin, Passing, Processor } from './plugin.ts';

/** Every processor behind a topic, one after another in the order of the plugins; undefined where there is none. */
export const processingAfter = <After extends keyof Passing>(plugins: readonly OpenPlugin[], after: After) => {
  const all = plugins.flatMap(({ file, processors }) =>
    processors.filter((one) => one.after === after).map((one) => ({ ...(one as unknown as Processor<After>), file })),
  );
  if (all.length === 0) return undefined;
  return async (record: Passing[After], signal: AbortSignal): Promise<Passing[After]> => {
    let now = record;
    for (const one of all) now = await processed(one, now, signal);
    return now;
  };
};

const processed = async <After extends keyof Passing>(
  { name, file, process }: Processor<After> & { readonly file: string },
  record: Passing[After],
  signal: AbortSignal,
): Promise<Passing[After]> => {
  const fault = (why: string, cause?: unknown): Error =>
    Object.assign(new Error(`the processor ${name} of ${file} ${why}`, { cause }), {
      code: 'processor',
      disposition: 'dead-letter',
    });
  let made: Passing[After];
  try {
    made = await process(record, signal);
  } catch (cause) {
    if (signal.aborted) throw cause;
    throw fault(`failed: ${cause instanceof Error ? cause.message : String(cause)}`, cause);
  }
  const id = idOf(made);
  if (id !== idOf(record)) throw fault(`gave a record of ${id === undefined ? 'no problem' : 'another problem'}`);
  return made;
};

const idOf = (record: Passing[keyof Passing] | undefined): string | undefined =>
  record && 'problem' in record ? record.problem.id : record?.id;
