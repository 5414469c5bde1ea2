import { many, one } from '../wording.ts';
import type { Counts } from './counts.ts';
import type { EndpointNote, EndpointRole, StageNote } from './notes/live-note.ts';
import { whoOf } from './notes/members.ts';
import { stageOf } from './stages.ts';

/** Why a stage or an endpoint does less than it could, in words. */
export interface Reason {
  /** The stage whose work it holds up. */
  readonly stage: string;
  readonly who: string;
  readonly why: string;
}

interface Standing {
  readonly counts: Counts;
  readonly stages: readonly StageNote[];
  readonly endpoints: readonly EndpointNote[];
  readonly draining: boolean;
}

const TAKEN = 'every place of the target is taken; waits for the teacher';

/** One reason for each endpoint that is not at its limit, and one for the sampler where it lets nothing through. */
export const reasonsOf = (standing: Standing): Reason[] => [
  ...standing.endpoints.flatMap((endpoint) => {
    const why = whyIdle(endpoint, standing);
    return why === null ? [] : [{ stage: stageOf[endpoint.role], who: whoOf(endpoint), why }];
  }),
  ...samplerReason(standing),
];

/** Null where the endpoint has as many calls as it takes. */
const whyIdle = (endpoint: EndpointNote, standing: Standing): string | null => {
  const { phase, why, limit, inFlight, waiting, resumesIn, retrying, fault } = endpoint;
  if (phase === 'stopped' && standing.draining) return `the run is ending: ${calls(inFlight)} still to be answered`;
  if (phase === 'stopped') return `stopped: ${why}`;
  if (phase === 'paused') return `paused, next try in ${inTime(resumesIn ?? 0)}: ${why}`;
  if (phase === 'probing') return `tries one call after a pause: ${why}`;
  if (why !== null && inFlight >= limit) return why;
  if (inFlight >= limit) return null;
  if (waiting > 0)
    return `${underway(endpoint)}: ${why ?? `${waiting} more ${one(waiting, 'is on its', 'are on their')} way`}`;
  const upstream =
    retrying > 0 ? `${calls(retrying)} to be made again in a moment: ${fault}` : whyNoMore(endpoint.role, standing);
  return inFlight === 0 ? `idle: ${upstream}` : `${underway(endpoint)}: ${upstream}`;
};

const inTime = (milliseconds: number): string =>
  milliseconds > 0 ? `${Math.ceil(milliseconds / 1000)} s` : 'a moment';

const calls = (count: number): string => many(count, 'call');

const underway = ({ inFlight, limit }: EndpointNote): string => `${inFlight} of ${calls(limit)} in flight`;

/** What the stage in front of an endpoint waits for. */
const whyNoMore = (role: EndpointRole, { counts, stages, draining }: Standing): string => {
  if (draining) return 'the run is ending; what is in flight is finished';
  const { states, target } = counts;
  const inHand = stages.find((one) => one.stage === stageOf[role])?.inHand ?? 0;
  if (role === 'student') {
    if (!target.intake) return target.halted ? `halted (${target.halted})` : 'the target has all it needs';
    if (states.unread === 0) return 'every problem is graded';
    return inHand > 0 ? `${many(inHand, 'problem')} in hand` : 'the first problems are on their way';
  }
  if (role === 'scorer') {
    if (states.scoring > 0)
      return `${inHand > 0 ? `${many(inHand, 'answer')} in hand` : 'answers are on their way'}; right ones need no score`;
    return states.unread > 0 && target.intake
      ? 'waits for wrong answers of the student'
      : 'every wrong answer is scored';
  }
  if (states.teaching > inHand) return `${states.teaching} admitted, on ${one(states.teaching, 'its', 'their')} way`;
  const why = samplerWhy(counts);
  if (why === TAKEN) return 'every place of the target is taken';
  return why ?? 'the sampler admits as problems come';
};

const samplerReason = ({ counts, draining }: Standing): Reason[] => {
  const why = draining ? null : samplerWhy(counts);
  return why === null ? [] : [{ stage: 'sample', who: 'sampler', why }];
};

/** Why nothing more is admitted now; null where something is. */
const samplerWhy = ({ target, states, levels }: Counts): string | null => {
  const { records, emitted, admit, halted } = target;
  if (halted) return `halted: ${halted}`;
  if (records !== null && emitted >= records) return 'the target is full';
  const grading = states.unread > 0 || states.scoring > 0 || states.levelling > 0 || states.sampling > 0;
  if (admit === 'after-grading' && grading) return 'samples when everything is graded (admit: after-grading)';
  if (target.natural) return naturalWhy(target, states, grading);
  const open = Object.entries(levels).filter(([, one]) => one.quota !== null && one.emitted + one.teaching < one.quota);
  if (records !== null && open.length === 0) return TAKEN;
  const dry = open.filter(([, one]) => one.parked === 0).map(([level]) => level);
  if (dry.length === 0 || dry.length < open.length) return null;
  return `${grading ? 'waits for' : 'has no more'} problems of ${dry.join(', ')}`;
};

/** The supply as it comes: no level has a place of its own. */
const naturalWhy = ({ records, emitted }: Counts['target'], states: Counts['states'], grading: boolean) => {
  if (records !== null && emitted + states.teaching >= records) return TAKEN;
  if (states.parked > 0) return null;
  return grading ? 'waits for problems' : 'has no more problems';
};
