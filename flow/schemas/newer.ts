import { TransportError } from '../../runtime/errors.ts';

/** A record, or a run, of a sluice that came after this one. */
export const newer = (
  what: string,
  { record, version }: { readonly record: string; readonly version: number },
): TransportError =>
  new TransportError(
    'store-newer',
    `${what} of a newer sluice: its schema of ${record} (version ${version}) is not known here. Start the newer ` +
      'version in place of this one; nothing was lost, what it is to take waits for it',
  );
