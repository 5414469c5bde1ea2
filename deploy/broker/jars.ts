import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { crc32 } from 'node:zlib';

const run = promisify(execFile);

/** The folder that holds Kafka's jars as pom.xml names them. Rejects as `mavenJars` does. */
export const kafkaJars = (cache?: string): Promise<string> =>
  mavenJars('kafka', join(import.meta.dirname, 'pom.xml'), cache);

/**
 * The folder that holds the jars of a pom, fetched once with Maven into the user's cache. Rejects where `mvn` is missing or
 * its repository cannot be reached.
 */
export const mavenJars = async (
  name: string,
  pom: string,
  cache = join(homedir(), '.cache', 'sluice'),
): Promise<string> => {
  const folder = join(cache, `${name}-${crc32(await readFile(pom)).toString(16)}`);
  if (!existsSync(folder)) await fetchJars(pom, cache, folder);
  return folder;
};

/** Whether a broker can be started here at all: Java, and the jars or the means to get them. */
export const canRunKafka = async (): Promise<boolean> => (await answers('java', '-version')) && answers('mvn', '-v');

const answers = (command: string, argument: string): Promise<boolean> =>
  run(command, [argument]).then(
    () => true,
    () => false,
  );

// Into a folder of its own and renamed at the end: two processes may fetch at once, and one may be cut off.
const fetchJars = async (pom: string, cache: string, folder: string): Promise<void> => {
  await mkdir(cache, { recursive: true });
  const partial = await mkdtemp(join(cache, 'fetch-'));
  const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${partial}`, '-DincludeScope=runtime'];
  await run('mvn', ['-q', '-B', '-f', pom, ...goal]);
  await rename(partial, folder).catch(() => rm(partial, { recursive: true }));
};
