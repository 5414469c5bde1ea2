import { TransportError } from '../../../errors.ts';
import { defaults } from '../settings.ts';
import type { Client } from './client.ts';

/** Makes sure that a broker answers; closes the client and rejects with what to look at where none does. */
export const reach = async (client: Client): Promise<void> => {
  const { settings } = client;
  const { connectMilliseconds: milliseconds = defaults.connectMilliseconds, connectSignal: signal } = settings;
  try {
    await client.retry(`reaching Kafka at ${settings.brokers.join(', ')}`, () => client.describe([]), {
      milliseconds,
      ...(signal && { signal }),
    });
  } catch (error) {
    client.close();
    if (!(error instanceof TransportError) || error.code !== 'broker-unreachable') throw error;
    const advice = 'is a broker there? see transport.brokers, and transport.tls where the port is encrypted';
    throw new TransportError(error.code, `${error.message}; ${advice}`, { cause: error });
  }
};
