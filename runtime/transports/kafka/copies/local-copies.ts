import { join } from 'node:path';
import type { Client } from '../cluster/client.ts';
import type { Names } from '../names.ts';
import { type Copy, type Followed, makeCopy } from './copy.ts';
import { type OwnFolder, takeFolder } from './own-folder.ts';
import { openReplica, type Replica } from './replica.ts';

/** The files of this process: its own folder, taken when it is first needed, and the copies in it. */
export interface LocalCopies {
  /** The folder; one who only reads is given another kind, and never shuts a worker out. */
  own(kind: 'worker' | 'reader'): OwnFolder;
  /**
   * The copy that this holder has of the partition, the same one whenever it asks. No two holders share one: `task`
   * writes to a store, `look` reads stores of tasks that are another process's, `table` reads and writes a table.
   */
  copy(holder: 'task' | 'look' | 'table', followed: Followed): Copy;
  close(): void;
}

export const makeLocalCopies = (client: Client, names: Names): LocalCopies => {
  const { settings } = client;
  const base = join(settings.localPath, `${settings.prefix}.${settings.run}`);
  const replicas: Replica[] = [];
  const copies = new Map<string, Copy>();
  const folders = new Map<string, OwnFolder>();

  const take = (kind: 'worker' | 'reader'): OwnFolder => {
    const taken = takeFolder(base, kind, kind === 'worker' ? settings.instanceId : undefined);
    folders.set(kind, taken);
    return taken;
  };
  const own = (kind: 'worker' | 'reader') => folders.get('worker') ?? folders.get(kind) ?? take(kind);
  return {
    own,
    copy: (holder, followed) => {
      const { path } = own(holder === 'task' ? 'worker' : 'reader');
      const file = join(path, `${holder}-${names.short(followed.topic)}-${followed.partition}.sqlite`);
      const known = copies.get(file);
      if (known !== undefined) return known;
      const replica = openReplica(file, Date.now);
      replicas.push(replica);
      const made = makeCopy(client, followed, replica);
      copies.set(file, made);
      return made;
    },
    close: () => {
      for (const replica of replicas) replica.close();
      for (const folder of folders.values()) folder.release();
      copies.clear();
      replicas.length = 0;
      folders.clear();
    },
  };
};
