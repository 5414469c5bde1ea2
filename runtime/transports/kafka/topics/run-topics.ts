import { TransportError } from '../../../errors.ts';
import type { GroupSpec, TopicSpec } from '../../../transport.ts';
import { type Client, makeClient } from '../cluster/client.ts';
import { reach } from '../cluster/reach.ts';
import { makeNames, type Names } from '../names.ts';
import type { KafkaSettings } from '../settings.ts';
import { BrokerFault, check } from '../wire/faults.ts';
import { rawCall } from '../wire/kafkajs.ts';
import { logDirsCall } from '../wire/log-dirs.ts';
import { topicLimits } from '../writing/limits.ts';
import { makeTableWriter } from '../writing/table-writer.ts';
import { makeTopicRegister } from './register.ts';
import { shapesOf } from './shape.ts';

/** What a run has on the brokers for itself; what it shares with other runs is not in it. */
export interface RunTopics {
  readonly topics: readonly string[];
  readonly partitions: number;
  /** On the disks of all brokers, every replica counted; null where the user may not be told (`Describe` on the cluster). */
  readonly bytes: number | null;
}

type Everything = readonly [topics: readonly TopicSpec[], stages: readonly GroupSpec[]];

/** Looks at the run's own topics that are there, of all that a run may have. */
export const runTopics = (settings: KafkaSettings, everything: Everything): Promise<RunTopics> =>
  withClient(settings, (client) => lookAt(client, namesOf(settings, everything), everything));

/**
 * Deletes the run's own topics and groups, for good. The problems, the journal and all else that is shared stays, so
 * that another run has its answers for nothing. Gives back what was there.
 */
export const removeRun = (settings: KafkaSettings, everything: Everything): Promise<RunTopics> =>
  withClient(settings, async (client) => {
    const names = namesOf(settings, everything);
    const found = await lookAt(client, names, everything);
    if (found.topics.length > 0) await deleteTopics(client, found.topics);
    await deleteGroups(
      client,
      everything[1].map(({ stage }) => names.group(stage)),
    );
    const register = makeTopicRegister(client, names, makeTableWriter(client, topicLimits(names, settings)));
    const known = await register.read();
    await register.write(found.topics.filter((topic) => known.has(topic)).map((topic) => [topic, null]));
    return found;
  });

const withClient = async <T>(settings: KafkaSettings, work: (client: Client) => Promise<T>): Promise<T> => {
  const client = makeClient(settings);
  try {
    await reach(client);
    return await work(client);
  } finally {
    client.close();
  }
};

const namesOf = ({ prefix, run }: KafkaSettings, [topics]: Everything): Names => {
  const names = makeNames(prefix, run);
  names.declare(topics);
  return names;
};

const lookAt = async (client: Client, names: Names, [topics, stages]: Everything): Promise<RunTopics> => {
  // By the names that a run gives, not by their beginning: another prefix may begin like this run.
  const own = topics.filter(({ shared }) => !shared);
  const wanted = shapesOf({ topics: own, stages }, names, 1).map(({ topic }) => topic);
  const found = await client.retry('reading the topics', () => client.describe(wanted));
  const there = [...found].filter(([, { leaders }]) => leaders.length > 0);
  const sizes = there.map(([topic, { leaders }]) => ({ topic, partitions: leaders.length }));
  return {
    topics: sizes.map(({ topic }) => topic),
    partitions: sizes.reduce((sum, { partitions }) => sum + partitions, 0),
    bytes: await bytesOf(client, sizes),
  };
};

/** A user who may not ask is answered with nothing at all: in this version there is no error code for it. */
const bytesOf = async (
  client: Client,
  topics: readonly { topic: string; partitions: number }[],
): Promise<number | null> => {
  const stored = await client.retry('reading the sizes of topics', async () =>
    Promise.all((await client.nodes()).map((node) => client.send(node, 'main', logDirsCall(topics)))),
  );
  const all = stored.flat();
  return all.length === 0 && topics.length > 0 ? null : all.reduce((sum, { bytes }) => sum + bytes, 0);
};

const deleteTopics = async (client: Client, topics: readonly string[]): Promise<void> => {
  await client.retry('deleting topics', async () => {
    const request = rawCall<Deleted>('DeleteTopics', 1, { topics, timeout: 10_000 });
    const { topicErrors } = await client.send(await client.controller(), 'main', request);
    for (const { topic, errorCode } of topicErrors) {
      // Asked for a second time, after an answer that was lost.
      if (errorCode !== UNKNOWN_TOPIC) check(errorCode, `deleting ${topic}`);
    }
  });
  // Brokers hear of it a moment after the controller: until then a run that is begun anew would take them for its own.
  const gone = async () => {
    const found = await client.describe(topics);
    const left = topics.find((topic) => found.get(topic)!.leaders.length > 0);
    if (left !== undefined) throw new TransportError('topic-mismatch', `${left} was deleted and is still there`);
  };
  await client.retry('deleting topics', gone, { transient: () => true });
};

/** Each lives at its own coordinator; one that never was, or still has members for a moment, is left to expire. */
const deleteGroups = async (client: Client, groups: readonly string[]): Promise<void> => {
  for (const group of groups) {
    await client.retry(`deleting the group ${group}`, async () => {
      const node = await client.coordinator('group', group);
      const answer = await client.send(node, 'main', rawCall<DeletedGroups>('DeleteGroups', 1, [group]));
      for (const { errorCode } of answer.results) {
        if (errorCode === NOT_COORDINATOR) client.forgetCoordinator('group', group);
        if (errorCode === NOT_COORDINATOR) throw new BrokerFault(errorCode, `deleting the group ${group}`);
      }
    });
  }
};

interface Deleted {
  readonly topicErrors: readonly { readonly topic: string; readonly errorCode: number }[];
}

interface DeletedGroups {
  readonly results: readonly { readonly groupId: string; readonly errorCode: number }[];
}

const UNKNOWN_TOPIC = 3;
const NOT_COORDINATOR = 16;
