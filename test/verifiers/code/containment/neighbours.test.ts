import { describe, expect, it, vi } from 'vitest';
import { codeVerifier } from '../../../../verifiers/code/index.ts';
import { codeTask, fenced, never, runners } from '../support.ts';
import { judgePairs } from './neighbours.ts';

// Nothing here asserts a time; a busy machine only takes longer.
vi.setConfig({ testTimeout: 300_000 });

const WORM = `
import json, os
others = [int(name) for name in os.listdir("/proc") if name.isdigit() and int(name) != os.getpid()]
def opened(path, flags):
    try:
        os.close(os.open(path, flags))
        return True
    except OSError:
        return False
places = [(pid, place) for pid in others for place in ("fd/0", "fd/60", "mem", "maps", "environ")]
print([pair for pair in places if opened("/proc/%d/%s" % pair, os.O_RDONLY)
       or opened("/proc/%d/%s" % pair, os.O_WRONLY | os.O_NONBLOCK)])
`;

describe.each(runners)('programs beside each other, $name', ({ name, works }) => {
  it.skipIf(!works)('opens nothing of the processes that wait for the next tasks', async () => {
    const verifier = await codeVerifier({ runner: name, processes: 1 });
    const cases = [1, 2, 3].map((input) => ({ input: `${input}`, output: '[]' }));
    const { tests } = await verifier.explain(codeTask({ kind: 'stdin', cases }, fenced(WORM)), never);
    await verifier.close();
    expect(tests.map(({ outcome, detail }) => `${outcome}${detail}`)).toEqual(['passed', 'passed', 'passed']);
  });

  it.skipIf(!works).each(name === 'bwrap' ? [1, 2, 4] : [2])(
    'judges the second as it is alone, whatever the first did (%i processes)',
    async (processes) => {
      const { pairs, differing } = await judgePairs(name, processes, name === 'bwrap' ? 170 : 3, processes);
      expect(pairs).toBeGreaterThan(0);
      expect(differing).toEqual([]);
    },
  );
});
