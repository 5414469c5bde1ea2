import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbedded } from '../../../runtime/transports/embedded/open.ts';
import { transportConformance } from '../../conformance/transport.ts';

transportConformance('the embedded transport', async () => {
  const path = mkdtempSync(join(tmpdir(), 'sluice-embedded-'));
  return {
    open: async (run) => openEmbedded({ path, run, partitions: 3, runner: true }),
    look: async (run) => openEmbedded({ path, run, partitions: 3, runner: false }),
    crash: (transport) => transport.close(),
    destroy: async () => rmSync(path, { recursive: true, force: true }),
  };
});
