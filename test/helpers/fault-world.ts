import type { Report } from '../../flow/outputs/report.ts';
import {
  type Call,
  type Fault,
  type ModelServer,
  type ModelServerSettings,
  modelServer,
} from './models/model-server.ts';
import { hashShare } from './models/recorded-students.ts';
import { answerSums, plainSums, sumsConfig } from './plain-sums.ts';
import { type Place, place } from './sluice.ts';

/** A model server with its faults, and a folder with plain sums that are to be run against it. */
export interface FaultWorld {
  readonly there: Place;
  readonly server: ModelServer;
  end(): Promise<void>;
}

export interface FaultWorldSettings {
  readonly problems: number;
  readonly records: number;
  readonly concurrency: number;
  readonly server: Partial<ModelServerSettings>;
}

/** The run's name. */
export const RUN = 'faults';

export const faultWorld = async (settings: FaultWorldSettings): Promise<FaultWorld> => {
  const { problems, records, concurrency } = settings;
  const server = await modelServer({
    chat: answerSums,
    score: ({ steps }) => steps.map(hashShare),
    ...settings.server,
  });
  const there = place(sumsConfig(server.url, RUN, { records, concurrency }));
  there.write('problems.jsonl', plainSums(problems));
  return {
    there,
    server,
    end: async () => {
      there.remove();
      await server.close();
    },
  };
};

/** The fault for a fixed share of all calls, another one each time that a call is repeated. */
export const some =
  (share: number, fault: Fault): NonNullable<ModelServerSettings['fault']> =>
  ({ key, repeat }) =>
    hashShare(`${key} ${repeat}`) < share ? fault : undefined;

/** An endpoint that refuses the key of one model's calls. */
export const refusing =
  (model: string): NonNullable<ModelServerSettings['fault']> =>
  (call: Call) =>
    call.model === model && call.authorization !== 'Bearer yes-key' ? { kind: 'status', status: 401 } : undefined;

export const idsOf = (there: Place): string[] =>
  there
    .lines<{ id: string }>('cot.jsonl')
    .map(({ id }) => id)
    .sort();

/** What has to be the same whatever happened on the way. */
export const countsOf = (there: Place): Pick<Report, 'levels' | 'emitted' | 'states' | 'rejected'> => {
  const { levels, emitted, states, rejected } = there.report();
  return { levels, emitted, states, rejected };
};
