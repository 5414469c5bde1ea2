/**
 * The broker of the Kafka tests, one for a whole vitest run: what `KAFKA_BROKERS` names, else a container, else local
 * jars. Without any of them the tests are skipped with a notice; where `CI=true` that is a failure.
 */
import type { TestProject } from 'vitest/node';
import { canRunKafka } from '../../../deploy/broker/jars.ts';
import { dockerAnswers, startContainer } from './container.ts';
import { startJars } from './local.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Addresses of the broker; empty where there is none. */
    kafka: readonly string[];
  }
}

export default async (project: TestProject): Promise<() => Promise<void>> => {
  const { brokers, stop } = await findBroker(process.env);
  project.provide('kafka', brokers);
  return stop;
};

interface TestBroker {
  readonly brokers: readonly string[];
  readonly stop: () => Promise<void>;
}

const findBroker = async (environment: NodeJS.ProcessEnv): Promise<TestBroker> => {
  const { KAFKA_BROKERS, REQUIRE_DOCKER, CI } = environment;
  if (KAFKA_BROKERS) return { brokers: KAFKA_BROKERS.split(','), stop: async () => {} };
  if (REQUIRE_DOCKER === '1' || (await dockerAnswers())) return startContainer(environment);
  if (await canRunKafka()) return startJars();
  const notice = 'Kafka tests need KAFKA_BROKERS, a Docker daemon, or Java and Maven; none is here';
  if (CI === 'true') throw new Error(notice);
  console.warn(`\n⚠ ${notice}: SKIPPED\n`);
  return { brokers: [], stop: async () => {} };
};
