import { afterEach, expect, it } from 'vitest';
import { loadConfig } from '../../../cli/config/load.ts';
import { kafkaSettings } from '../../../flow/store/kafka-settings.ts';
import { recordedPlace } from '../../helpers/kafka/recorded-place.ts';
import type { Place } from '../../helpers/sluice.ts';

let there: Place;
afterEach(() => there.remove());

it('lets brokers tell processes apart by their run and stages, and who only looks by the run', () => {
  there = recordedPlace(1, { brokers: ['127.0.0.1:9'], prefix: 'p', partitions: 1 });
  const loaded = loadConfig(`${there.folder}/sluice.yaml`, [], {});
  const { transport } = loaded.config;
  if (transport.kind !== 'kafka') return expect.unreachable();
  expect(kafkaSettings(loaded, transport, { runner: true, stages: ['grade', 'score'] })).toMatchObject({
    run: 'run',
    purpose: 'grade+score',
  });
  expect(kafkaSettings(loaded, transport, { runner: false }).purpose).toBeUndefined();
});
