/** How busy an inference engine says it is. */
export interface EngineLoad {
  readonly running: number;
  readonly waiting: number;
  /** Share of the KV cache that is in use, in [0, 1]; null where it does not say. */
  readonly cache: number | null;
  /** Calls whose cache was taken away and is computed anew, since it started; null where it does not say. */
  readonly preempted: number | null;
}

type Figure = keyof EngineLoad;

/** vLLM (0.5 and later), SGLang and llama.cpp, by their documentation of `/metrics`. */
const figures: Readonly<Record<string, Figure>> = {
  'vllm:num_requests_running': 'running',
  'vllm:num_requests_waiting': 'waiting',
  'vllm:kv_cache_usage_perc': 'cache',
  'vllm:gpu_cache_usage_perc': 'cache',
  'vllm:num_preemptions_total': 'preempted',
  'vllm:num_preemptions': 'preempted',
  'sglang:num_running_reqs': 'running',
  'sglang:num_queue_reqs': 'waiting',
  'sglang:token_usage': 'cache',
  'llamacpp:requests_processing': 'running',
  'llamacpp:requests_deferred': 'waiting',
  'llamacpp:kv_cache_usage_ratio': 'cache',
};

const line = /^([a-zA-Z_:][\w:]{0,99})(?:\{[^}]{0,2000}\})? +([0-9.eE+-]{1,40})(?:\s|$)/;

/** Reads Prometheus' text format; of several engines behind one URL all together. Null where no figure of an engine stands. */
export const engineLoad = (text: string): EngineLoad | null => {
  const found = new Map<Figure, number>();
  for (const row of text.split('\n')) {
    const [, name = '', written] = line.exec(row) ?? [];
    const figure = Object.hasOwn(figures, name) ? figures[name] : undefined;
    const value = Number(written);
    if (figure === undefined || !Number.isFinite(value)) continue;
    const before = found.get(figure) ?? 0;
    found.set(figure, figure === 'cache' ? Math.max(before, value) : before + value);
  }
  const [running, waiting] = [found.get('running'), found.get('waiting')];
  if (running === undefined || waiting === undefined) return null;
  return { running, waiting, cache: found.get('cache') ?? null, preempted: found.get('preempted') ?? null };
};
