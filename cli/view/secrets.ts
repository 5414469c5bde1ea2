import type { Config } from '../config/schema.ts';

/** Every secret that the configuration holds: nothing of it belongs into a log or a message. */
export const secretsOf = ({ student, teacher, scorer, transport }: Config): string[] => {
  const scorers = scorer === undefined ? [] : 'kind' in scorer ? [scorer] : Object.values(scorer);
  const keys = [student, teacher, ...scorers].map((one) => (one && 'apiKey' in one ? one.apiKey : undefined));
  const password = transport.kind === 'kafka' ? transport.sasl?.password : undefined;
  return [...keys, password].filter((one) => one !== undefined && one.length >= 4) as string[];
};
