import { resolve } from 'node:path';
import type { Transport } from '../../runtime/transport.ts';
import { openEmbedded } from '../../runtime/transports/embedded/open.ts';
import { everythingOf } from '../../topologies/unwired.ts';
import { framedTransport } from '../schemas/confluent/framed-transport.ts';
import { framingOf } from '../schemas/confluent/framing.ts';
import { schemaRegistry } from '../schemas/confluent/registry.ts';
import { subjectsOf } from '../schemas/confluent/subjects.ts';
import { checkEpoch } from '../schemas/epoch.ts';
import { guardedTransport } from '../schemas/guarded-transport.ts';
import { labelledTransport } from '../schemas/labelled-transport.ts';
import { registerSchemas } from '../schemas/register.ts';
import { type Settings, SettingsError } from '../settings/settings.ts';
import { makeFolder, whyNotWritable } from './folders.ts';
import { kafkaSettings } from './kafka-settings.ts';
import { maskedTransport } from './masked-transport.ts';
import type { OpenHow } from './open-how.ts';

/** Opens the transport that the configuration names and makes sure of its topics. */
export const openTransport = async (settings: Settings, how: OpenHow): Promise<Transport> => {
  const opened = await openConfigured(settings, how, 'register');
  try {
    await opened.apply(...everythingOf(settings.config));
    await registerSchemas(opened);
    if (how.runner) await checkEpoch(opened, settings.config.run);
    return opened;
  } catch (error) {
    await opened.close();
    throw error;
  }
};

/** Opens it as it is: topics are neither made nor compared. No secret passes into it, no newer sluice's record out. */
export const openConfigured = async (
  settings: Settings,
  how: OpenHow,
  subjects: 'register' | 'lookUp' = 'lookUp',
): Promise<Transport> => {
  const framed = await openFramed(settings, how, subjects);
  return guardedTransport(maskedTransport(framed, settings.secrets), how.outdated);
};

/** As the records lie on the topics: in the framing that the configuration names, on Kafka labelled for other clients. */
const openFramed = async (settings: Settings, how: OpenHow, subjects: 'register' | 'lookUp'): Promise<Transport> => {
  const { transport, run } = settings.config;
  if (transport.kind !== 'kafka') return openPlain(settings, how);
  if (transport.registry === undefined) return labelledTransport(await openPlain(settings, how), run);
  const [specs] = everythingOf(settings.config);
  const registry = schemaRegistry(transport.registry);
  const framing = await framingOf(registry, subjectsOf(specs, transport.prefix, run), subjects);
  return labelledTransport(framedTransport(await openPlain(settings, how), framing, transport.values), run);
};

const openPlain = async (settings: Settings, how: OpenHow): Promise<Transport> => {
  const { config, folder, place } = settings;
  const { transport, run } = config;
  const path = resolve(folder, transport.path);
  const why = whyNotWritable(path);
  if (why !== null)
    throw new SettingsError(`${place(['transport', 'path'])}: ${path} cannot be written (${why}): name another folder`);
  const { partitions } = transport;
  if (transport.kind === 'embedded') {
    makeFolder(path);
    return openEmbedded({ path, run, partitions, runner: how.runner });
  }
  const { openKafka } = await import('../../runtime/transports/kafka/open.ts');
  return openKafka(kafkaSettings(settings, transport, how));
};
