import { initialState, type SamplerState } from '../../processors/sample.ts';
import type { Transport } from '../../runtime/transport.ts';

/** What the sampler has counted, as of its last commit. */
export const samplerState = async (transport: Transport): Promise<SamplerState> => {
  const stored = (await transport.store('sample', 0)).get('state');
  return stored ? { ...initialState, ...JSON.parse(Buffer.from(stored).toString()).state } : initialState;
};
