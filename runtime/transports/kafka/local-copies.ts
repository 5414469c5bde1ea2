import { join } from 'node:path';
import { type OwnFolder, takeFolder } from './folder.ts';
import { openReplica, type Replica } from './replica.ts';
import type { KafkaSettings } from './settings.ts';

/** The files of this process: its own folder, taken when it is first needed, and the copies in it. */
export interface LocalCopies {
  /** The folder; one who only reads is given another kind, and never shuts a worker out. */
  own(kind: 'worker' | 'reader'): OwnFolder;
  /** One copy a file, however often it is asked for. */
  replica(file: string): Replica;
  close(): void;
}

export const makeLocalCopies = (settings: KafkaSettings): LocalCopies => {
  const base = join(settings.localPath, `${settings.prefix}.${settings.run}`);
  const replicas = new Map<string, Replica>();
  const folders = new Map<string, OwnFolder>();

  const take = (kind: 'worker' | 'reader'): OwnFolder => {
    const taken = takeFolder(base, kind, kind === 'worker' ? settings.instanceId : undefined);
    folders.set(kind, taken);
    return taken;
  };
  return {
    own: (kind) => folders.get('worker') ?? folders.get(kind) ?? take(kind),
    replica: (file) => {
      const known = replicas.get(file);
      if (known !== undefined) return known;
      const opened = openReplica(file, Date.now);
      replicas.set(file, opened);
      return opened;
    },
    close: () => {
      for (const replica of replicas.values()) replica.close();
      for (const folder of folders.values()) folder.release();
      replicas.clear();
      folders.clear();
    },
  };
};
