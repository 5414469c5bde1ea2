import { describe, expect, it } from 'vitest';
import { chatModel } from '../../../../llm/ask/chat.ts';
import { endpoint } from '../../../../llm/endpoint/endpoint.ts';
import { type EngineLoad, engineLoad } from '../../../../llm/endpoint/engine/engine-load.ts';
import { type Steering, startSteering, steer } from '../../../../llm/endpoint/engine/steering.ts';
import { completion, json, scriptedServer } from '../../scripted-server.ts';

const never = new AbortController().signal;

/** An engine of so many places whose cache holds so many calls; beyond that it preempts. */
const engineOf = ({ places, cached }: { places: number; cached: number }) => {
  let preempted = 0;
  return (calls: number): EngineLoad => {
    const running = Math.min(calls, places, cached);
    if (Math.min(calls, places) > cached) preempted += Math.min(calls, places) - cached;
    return { running, waiting: calls - running, cache: Math.min(1, running / cached), preempted };
  };
};

/** Steers for so many looks with as many calls as it allows, and gives what it allowed at each. */
const run = (engine: (calls: number) => EngineLoad, ceiling: number, looks = 60, others = 0): Steering[] => {
  const all = [startSteering(ceiling)];
  for (let look = 0; look < looks; look++) {
    const before = all.at(-1) as Steering;
    all.push(steer(before, engine(before.limit + others), before.limit, ceiling));
  }
  return all;
};

const late = (all: readonly Steering[]): number[] => all.slice(-20).map(({ limit }) => limit);

describe('steering by an engine’s own figures', () => {
  it('grows to the ceiling where there is room, in few looks', () => {
    const all = run(engineOf({ places: 10_000, cached: 100_000 }), 256);
    expect(all[6]?.limit).toBe(256);
    expect(all.at(-1)?.limit).toBe(256);
  });

  it.each([4, 30, 100])('keeps the engine’s %i places taken, with a short queue', (places) => {
    const limits = late(run(engineOf({ places, cached: 100 * places }), 256));
    expect(Math.min(...limits)).toBeGreaterThanOrEqual(places);
    expect(Math.max(...limits)).toBeLessThanOrEqual(places + Math.max(2, places / 4));
  });

  it('stays below what makes it preempt, once it has seen it', () => {
    const engine = engineOf({ places: 256, cached: 60 });
    const all = run(engine, 256);
    const limits = late(all);
    expect(Math.max(...limits)).toBeLessThanOrEqual(60);
    expect(Math.min(...limits)).toBeGreaterThanOrEqual(40);
    expect(all.some(({ why }) => why.includes('preempted'))).toBe(true);
    const [settled] = [engine(0).preempted as number];
    for (const limit of limits) engine(limit);
    expect(engine(0).preempted).toBe(settled);
  });

  it('takes its share only, where others use the engine too', () => {
    const limits = late(run(engineOf({ places: 40, cached: 4000 }), 256, 60, 30));
    expect(Math.max(...limits)).toBeLessThanOrEqual(20);
    expect(Math.min(...limits)).toBeGreaterThanOrEqual(8);
  });
});

describe('an engine’s figures', () => {
  it.each<[string, string, EngineLoad]>([
    [
      'vLLM, of two engines',
      [
        '# TYPE vllm:num_requests_running gauge',
        'vllm:num_requests_running{engine="0",model_name="m"} 12.0',
        'vllm:num_requests_running{engine="1",model_name="m"} 10.0',
        'vllm:num_requests_waiting{engine="0",model_name="m"} 3.0',
        'vllm:num_requests_waiting{engine="1",model_name="m"} 0.0',
        'vllm:kv_cache_usage_perc{engine="0",model_name="m"} 0.25',
        'vllm:kv_cache_usage_perc{engine="1",model_name="m"} 0.75',
        'vllm:num_preemptions_total{engine="0",model_name="m"} 2.0',
      ].join('\n'),
      { running: 22, waiting: 3, cache: 0.75, preempted: 2 },
    ],
    [
      'SGLang',
      'sglang:num_running_reqs{model_name="m"} 8\nsglang:num_queue_reqs{model_name="m"} 1\nsglang:token_usage{model_name="m"} 0.5',
      { running: 8, waiting: 1, cache: 0.5, preempted: null },
    ],
    [
      'llama.cpp',
      'llamacpp:requests_processing 4\nllamacpp:requests_deferred 9\r\n',
      { running: 4, waiting: 9, cache: null, preempted: null },
    ],
  ])('are read: %s', (_name, text, load) => {
    expect(engineLoad(text)).toEqual(load);
  });

  it.each(['', '<html>', 'vllm:num_requests_running NaN\nvllm:num_requests_waiting 1', 'process_cpu_seconds 4'])(
    'are missing: %j',
    (text) => expect(engineLoad(text)).toBeNull(),
  );
});

describe('an endpoint with metricsUrl', () => {
  const asked = async (metrics: (inFlight: number) => string | null) => {
    let [inFlight, most] = [0, 0];
    const looks: (string | undefined)[] = [];
    await using server = await scriptedServer((response, { path, headers }) => {
      if (path.startsWith('/metrics')) {
        looks.push(headers.authorization);
        const text = metrics(inFlight);
        return void (text === null ? response.writeHead(404).end() : response.end(text));
      }
      most = Math.max(most, ++inFlight);
      setTimeout(() => {
        inFlight--;
        json(response, 200, completion({ content: 'yes' }));
      }, 60);
    });
    const settings = { baseUrl: `${server.url}/v1`, model: 'm', concurrency: 64, apiKey: 'secret-of-the-server' };
    const door = endpoint({ ...settings, metricsUrl: `${server.url}/metrics` });
    const model = chatModel({ model: 'm', maxTokens: 16 }, { endpoint: door, stream: false });
    const ask = (index: number) => model({ problem: String(index), messages: [], sample: 0 }, never);
    await Promise.all(Array.from({ length: 400 }, (_none, index) => ask(index)));
    const [state] = door.states();
    await door.close();
    return { most, looks, state };
  };

  it('sends as much as the engine has room for, and says so', async () => {
    const { most, looks, state } = await asked((inFlight) => {
      const running = Math.min(12, inFlight);
      return `llamacpp:requests_processing ${running}\nllamacpp:requests_deferred ${inFlight - running}\n`;
    });
    // A busy machine looks late: until then the answers alone let it grow.
    expect(most).toBeLessThan(64);
    expect(looks.length).toBeGreaterThan(1);
    expect(looks.every((key) => key === 'Bearer secret-of-the-server')).toBe(true);
    expect(state).toMatchObject({ phase: 'limited', answered: 400 });
    expect(state?.why).toMatch(/^\d+ of 64 at once: its engine/);
  });

  it('goes by the answers alone where there are no figures, and says so', async () => {
    const { most, state } = await asked(() => null);
    expect(most).toBeGreaterThan(16);
    expect(state?.notes.join()).toMatch(/answers alone: http.*\/metrics/);
  });
});
