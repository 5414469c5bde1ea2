import type { TopicSpec } from '../../../runtime/transport.ts';
import { makeNames } from '../../../runtime/transports/kafka/names.ts';
import { codecs } from '../../../schemas/codecs.ts';
import { type KnownSchema, writtenSchemas } from '../../../schemas/known.ts';
import { evaluationTopics, topics } from '../../../topologies/topics.ts';

/** What a topic's records are written with: `<topic>-value`, the name that Confluent's clients look for. */
export interface Subject {
  readonly topic: string;
  readonly name: string;
  readonly fingerprint: string;
  readonly known: KnownSchema;
}

/** The subject of every topic of records, tables left out; by short names of the topics. */
export const subjectsOf = (specs: readonly TopicSpec[], prefix: string, run: string): Subject[] => {
  const names = makeNames(prefix, run);
  names.declare(specs);
  const written = [...writtenSchemas()];
  return [...Object.values(topics), ...Object.values(evaluationTopics)]
    .filter(({ name }) => names.spec(name) !== undefined)
    .map(({ name, codec }) => {
      const record = recordOf(codec);
      const [fingerprint, known] = written.find(([, one]) => one.record === record)!;
      return { topic: name, name: `${names.topic(name)}-value`, fingerprint, known };
    });
};

const recordOf = (codec: unknown): string =>
  Object.entries(codecs)
    .find(([, one]) => one === codec)![0]
    .replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
