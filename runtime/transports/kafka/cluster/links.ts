import { TransportError } from '../../../errors.ts';
import type { KafkaSettings } from '../settings.ts';
import { type Link, openLink } from './connect.ts';

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Connections by key; one that broke is opened again when it is next asked for. */
export interface Links {
  get(key: string, address: Address): Promise<Link>;
  close(): void;
}

export const makeLinks = (settings: KafkaSettings): Links => {
  const links = new Map<string, Promise<Link>>();
  let closed = false;

  const get = async (key: string, address: Address): Promise<Link> => {
    if (closed) throw new TransportError('broker-unreachable', 'the transport is closed');
    const known = links.get(key);
    const opened = known ?? openLink(settings, address);
    if (known === undefined) links.set(key, opened);
    const forget = () => links.get(key) === opened && links.delete(key);
    opened.catch(forget);
    const one = await opened;
    if (one.isOpen()) return one;
    forget();
    return get(key, address);
  };
  return {
    get,
    close: () => {
      closed = true;
      for (const opened of links.values()) opened.then((one) => one.drop()).catch(() => {});
      links.clear();
    },
  };
};

/** Reads `host:port`. */
export const parseAddress = (broker: string): Address => {
  const colon = broker.lastIndexOf(':');
  const port = Number(broker.slice(colon + 1));
  if (colon > 0 && Number.isInteger(port) && port > 0 && port < 65536) return { host: broker.slice(0, colon), port };
  throw new TransportError('broker-unreachable', `broker "${broker}" is not host:port`);
};
