import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { describeKafka } from '../../../helpers/kafka/with-kafka.ts';
import { type KafkaWorld, makeWorld } from '../../../helpers/kafka/world.ts';

describeKafka('a transport that is closed', (brokers) => {
  let world: KafkaWorld;
  beforeEach(async () => {
    world = await makeWorld(brokers);
  });
  afterEach(() => world.destroy());

  it('keeps its process no longer: what it waits for at the broker is given up', async () => {
    const program = join(import.meta.dirname, 'closes.ts');
    const args = [program, brokers.join(), world.prefix, world.folder];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    expect(JSON.parse(stdout)).toEqual([]);
  });
});
