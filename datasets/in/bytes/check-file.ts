import { access, constants, open, stat } from 'node:fs/promises';
import { DataError } from '../../error.ts';

/** Refuses what is no readable, non-empty file, and says what to do. */
export const checkFile = async (path: string): Promise<void> => {
  const about = await stat(path).catch((error: unknown) => {
    throw readFault(path, error);
  });
  if (about.isDirectory()) throw new DataError('file-is-folder', path, 'is a folder; name a file in it, or a glob.');
  if (!about.isFile()) throw new DataError('file-unreadable', path, 'is not a regular file; copy its data into one.');
  await access(path, constants.R_OK).catch((error: unknown) => {
    throw readFault(path, error);
  });
  if (about.size === 0) throw new DataError('file-empty', path, 'is empty; check its download, or leave it out.');
  const said = about.size < 1024 ? (await beginning(path, pointer.length)).toString('latin1') : '';
  if (said === pointer)
    throw new DataError(
      'file-not-fetched',
      path,
      'is a pointer of Git LFS, which stands in for the data; fetch them with `git lfs pull`.',
    );
};

const pointer = 'version https://git-lfs.github.com/spec/';

/** The first bytes of a file, as many as there are. */
export const beginning = async (path: string, length: number): Promise<Buffer> => {
  const handle = await open(path).catch((error: unknown) => {
    throw readFault(path, error);
  });
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
};

/** What the system says of a file, as an error of the data. */
export const readFault = (path: string, error: unknown): DataError => {
  if (error instanceof DataError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  const options = { cause: error };
  if (code === 'ENOENT') return new DataError('file-missing', path, 'does not exist; check the path.', options);
  if (code === 'EACCES' || code === 'EPERM')
    return new DataError('file-unreadable', path, 'may not be read; check its permissions.', options);
  if (code?.startsWith('Z_') || code?.startsWith('ZSTD_') || code === 'ERR_ZSTD_INVALID_PARAM')
    return new DataError('file-damaged', path, `cannot be decompressed (${message}); fetch it again.`, options);
  return new DataError('file-unreadable', path, `cannot be read (${code ?? message}).`, options);
};
