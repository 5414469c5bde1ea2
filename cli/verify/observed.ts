import type { Verifiers } from '../../flow/wiring/open-verifiers.ts';
import type { RuntimeEvent } from '../../runtime/events.ts';

/** The same verifiers; each judgement is told as an engine tells the work of a stage, by the name `verify`. */
export const observed = (verifiers: Verifiers, observe: (event: RuntimeEvent) => void): Verifiers => {
  let asked = 0;
  return {
    ...verifiers,
    verify: async (task, signal) => {
      const place = { stage: 'verify', partition: 0, offset: asked++, key: '' };
      observe({ kind: 'taken', ...place });
      try {
        const judgement = await verifiers.verify(task, signal);
        observe({ kind: 'completed', ...place, ports: [judgement.verdict] });
        return judgement;
      } catch (error) {
        observe({ kind: 'dead-letter', ...place, code: 'broken', message: '', taken: true });
        throw error;
      }
    },
  };
};
