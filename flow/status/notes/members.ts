import type { EndpointNote } from './live-note.ts';

/** An endpoint by its name: role, model, and which of several servers it is. */
export const whoOf = ({ role, model, member }: Pick<EndpointNote, 'role' | 'model' | 'member'>): string =>
  `${role} ${model}${member === null ? '' : ` ${member}`}`;

/** Whether some model has no server left that anything is sent to. */
export const isAnyStopped = (endpoints: readonly EndpointNote[]): boolean =>
  [...Map.groupBy(endpoints, ({ role, model }) => `${role} ${model}`).values()].some((servers) =>
    servers.every(({ phase }) => phase === 'stopped'),
  );

/** The servers that are out for good while others of the same model go on. */
export const serversOut = (endpoints: readonly EndpointNote[]): readonly EndpointNote[] =>
  endpoints.filter(
    (one) =>
      one.member !== null &&
      one.phase === 'stopped' &&
      endpoints.some(({ role, model, phase }) => role === one.role && model === one.model && phase !== 'stopped'),
  );
