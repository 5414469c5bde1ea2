import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { contentHash } from '../../datasets/in/bytes/content-hash.ts';
import { keysOfProblem } from '../../datasets/recorded/answer-keys.ts';
import { type AnswerSource, readAnswers } from '../../datasets/recorded/read-answers.ts';
import { recordedReplies } from '../../llm/http/answers/recorded.ts';
import type { RecordedAnswers } from '../../processors/recorded.ts';
import { recordedSource } from '../intake/recorded-source.ts';
import { sourceFiles } from '../intake/source-files.ts';
import { type Settings, SettingsError } from '../settings/settings.ts';
import { many, one } from '../wording.ts';
import { type AnswerIndex, type Indexed, makeIndex, openIndex } from './answer-index.ts';

export type RecordedRole = 'student' | 'teacher';

export interface Recorded {
  readonly answers: RecordedAnswers;
  close(): void;
}

/** Raised when an index of before cannot be read any more. */
const VERSION = 1;

/**
 * The recorded answers of a role; null where it has none. The first start reads the files into an index in the store's
 * folder; the same files are known again by their content. Throws a SettingsError where they hold no answer, and the
 * signal's reason.
 */
export const openRecorded = async (
  role: RecordedRole,
  settings: Settings,
  tell: (message: string) => void,
  signal?: AbortSignal,
): Promise<Recorded | null> => {
  const source = recordedSource(role, settings);
  if (source === null) return null;
  const { config, folder } = settings;
  const prefill = config[role].prefill ?? '';
  const file = join(resolve(folder, config.transport.path), 'recorded', `${await nameOf(source, prefill)}.db`);
  const index = openIndex(file) ?? (await make(file, source, prefill, signal));
  const { answers, problems, useless } = index.counts;
  if (answers === 0) {
    index.close();
    throw new SettingsError(
      `${settings.place([role, 'path'])}: ${source.path}: no row holds an answer to a problem (${await columnsOf(source)}): name the columns with ${role}.fields, such as { statement: question, response: solution }`,
    );
  }
  const others =
    useless === 0
      ? ''
      : `; ${many(useless, 'row')} ${one(useless, 'holds none, or does', 'hold none, or do')} not say what it is about`;
  tell(`${many(answers, 'recorded answer')} of the ${role} to ${many(problems, 'problem')}${others}`);
  return { answers: (problem) => index.find(keysOfProblem(problem)), close: index.close };
};

/** The same content, read in the same way, is the same index. */
const nameOf = async (source: AnswerSource, prefill: string): Promise<string> => {
  const { preset, fields } = source;
  const name = createHash('sha256').update(JSON.stringify([VERSION, preset ?? null, fields ?? null, prefill]));
  for (const { file } of await sourceFiles([source])) name.update(await contentHash(file.path));
  return name.digest('hex').slice(0, 32);
};

const make = async (
  file: string,
  source: AnswerSource,
  prefill: string,
  signal: AbortSignal | undefined,
): Promise<AnswerIndex> => {
  const rows = async function* (): AsyncGenerator<Indexed> {
    for await (const { key, answers } of readAnswers(source)) {
      signal?.throwIfAborted();
      yield key && { key, answers: answers.flatMap((one) => recordedReplies(one, prefill)) };
    }
  };
  await makeIndex(file, rows());
  const made = openIndex(file);
  if (made) return made;
  throw new Error(`${file} was made a moment ago and cannot be read`);
};

/** For whoever has to name the right ones. */
const columnsOf = async (source: AnswerSource): Promise<string> => {
  for await (const { columns } of readAnswers(source)) return `a row has ${columns.join(', ').slice(0, 200)}`;
  return 'no row can be read';
};
