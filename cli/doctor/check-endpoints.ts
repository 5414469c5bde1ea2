import { type Config, isServed, type ScorerConfig, teachersOf } from '../../flow/settings/schema.ts';
import { probe } from '../../llm/ask/probe.ts';
import { type EndpointSettings, serversOf } from '../../llm/settings.ts';
import type { Table } from '../../runtime/transport.ts';
import type { LoadedConfig } from '../config/load.ts';
import { type Check, checked, ok, warning, wrong } from './check.ts';

type Asked = { readonly what: string; readonly kind: 'chat' | 'pooling'; readonly settings: EndpointSettings };

/**
 * Asks every endpoint once, for one token. The fingerprint of what it says about its model is remembered with the
 * run; another one under the same name and revision is a warning.
 * @param remembered the run's settings; null where there is no store yet
 */
export const checkEndpoints = async (
  { config, secrets }: Pick<LoadedConfig, 'config' | 'secrets'>,
  remembered: Table | null,
  signal: AbortSignal,
): Promise<Check[]> => {
  const checks = endpointsOf(config)
    .flatMap((asked) => eachServer(asked, secrets))
    .map((asked) => checked(asked.what, () => ask(asked, remembered, signal)));
  return (await Promise.all(checks)).flat();
};

/** A pool's servers one by one, each under its name. */
const eachServer = ({ what, kind, settings }: Asked, secrets: readonly string[]): Asked[] =>
  serversOf({ ...settings, secrets }).map(({ name, weight: _, ...server }) => ({
    what: name === null ? what : `${what} ${name}`,
    kind,
    settings: server,
  }));

const ask = async ({ what, kind, settings }: Asked, remembered: Table | null, signal: AbortSignal) => {
  const found = await probe(settings, kind, signal);
  if (!found.ok) return [wrong(what, withAdvice(found.message))];
  const answers = `${settings.model} at ${settings.baseUrl} answers`;
  if (found.metadata === null) return [ok(what, `${answers}; it says nothing about its weights`)];
  if (!remembered) return [ok(what, answers)];
  const key = `fingerprint/${settings.baseUrl} ${settings.model} ${settings.revision ?? ''}`;
  const before = await remembered.get(key, key);
  if (!before) return [ok(what, answers + (await remember(remembered, key, found.metadata)))];
  if (Buffer.from(before).toString() === found.metadata) return [ok(what, answers)];
  const [model = what] = what.split(' ');
  const [role] = model.split('.');
  return [
    warning(
      what,
      `${answers}, but its metadata changed under the same name: if the weights are others, set ${role === 'scorer' ? model : role}.revision to a new value, or answers of both get mixed`,
    ),
  ];
};

/** Whoever may only look at the run cannot leave anything with it: no fault of the endpoint. */
const remember = async (remembered: Table, key: string, metadata: string): Promise<string> => {
  try {
    await remembered.put(key, key, Buffer.from(metadata));
    return '';
  } catch (error) {
    return `; what it says about its weights is not remembered: ${error instanceof Error ? error.message : error}`;
  }
};

/** A server that is not there says nothing about what to do. */
const withAdvice = (message: string): string => {
  const isGone = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|timeout/i.test(message);
  return isGone ? `${message}: start the server, or set baseUrl to where it is` : message;
};

const endpointsOf = (config: Config): Asked[] => [
  ...served('student', config.student),
  ...scorersOf(config.scorer),
  ...teachersOf(config).flatMap(([path, teacher]) => served(path.join('.'), teacher)),
];

const served = (what: string, settings: Config['student'] | Config['teacher']): Asked[] =>
  isServed(settings) ? [{ what, kind: 'chat', settings }] : [];

const scorersOf = (scorer: Config['scorer']): Asked[] => {
  if (scorer === undefined) return [];
  if (isOne(scorer)) return asScorer('scorer', scorer);
  return Object.entries(scorer).flatMap(([domain, one]) => (one ? asScorer(`scorer.${domain}`, one) : []));
};

const asScorer = (what: string, scorer: ScorerConfig): Asked[] =>
  scorer.kind === 'tests' ? [] : [{ what, kind: scorer.kind === 'prm' ? 'pooling' : 'chat', settings: scorer }];

const isOne = (scorer: NonNullable<Config['scorer']>): scorer is ScorerConfig => 'kind' in scorer;
