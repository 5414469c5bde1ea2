import { resolve } from 'node:path';
import type { AnswerSource } from '../../datasets/recorded/read-answers.ts';
import type { Settings } from '../settings/settings.ts';

/** The files of a role's recorded answers, as the configuration names them; null where it has none. */
export const recordedSource = (
  role: 'student' | 'teacher',
  { config, folder, domains }: Pick<Settings, 'config' | 'folder' | 'domains'>,
): AnswerSource | null => {
  const { kind, path, preset, fields } = config[role];
  if (kind !== 'recorded' || path === undefined) return null;
  const said = Object.entries(fields ?? {}).filter(([, where]) => where !== undefined);
  return {
    path,
    from: resolve(folder),
    domains,
    ...(preset !== undefined && { preset }),
    ...(said.length > 0 && { fields: Object.fromEntries(said) as NonNullable<AnswerSource['fields']> }),
  };
};
