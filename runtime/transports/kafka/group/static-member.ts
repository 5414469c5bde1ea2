import type { GroupSpec } from '../../../transport.ts';
import type { Client } from '../cluster/client.ts';
import { faultType, isDisconnect } from '../wire/faults.ts';
import { call, MemberAssignment, MemberMetadata } from '../wire/kafkajs.ts';
import { assignTasks, type MemberClaim, type Share } from './assign.ts';

/** The group protocol (join, sync, heartbeat, leave) for one static member (KIP-345). */
export interface Member {
  /** Joins the next generation, or comes back to the present one, and gives the tasks that it assigned. */
  join(claim: Pick<MemberClaim, 'generation' | 'tasks'>): Promise<Joined>;
  heartbeat(joined: Joined): Promise<void>;
  leave(joined: Joined): Promise<void>;
  /** Joins as a new one next time. */
  forget(): void;
  /** Whether a wish to join whose answer was lost, and that came late, may be who has taken the name. True once for each. */
  isOwnEcho(): boolean;
}

export interface Joined {
  readonly memberId: string;
  readonly generation: number;
  readonly tasks: readonly number[];
  /** Of those that it had: to be finished, and then to be claimed no more. */
  readonly handOver: readonly number[];
}

export interface MemberOptions {
  readonly client: Client;
  readonly group: string;
  readonly ownership: GroupSpec['ownership'];
  /** The inputs by Kafka's names, with their partitions. */
  readonly inputs: readonly { readonly topic: string; readonly partitions: number }[];
  readonly instance: string;
  readonly sessionMilliseconds: number;
}

export const makeMember = (options: MemberOptions): Member => {
  const { client, group, instance } = options;
  const identity = { groupId: group, groupInstanceId: instance };
  const lane = `group ${group}`;
  let memberId = '';
  let isEchoing = false;

  const send = async <Result>(name: string, version: number, parameters: object, on = lane): Promise<Result> => {
    const node = await client.coordinator('group', group);
    try {
      return await client.send(node, on, call<Result>(name, version, { ...identity, ...parameters }));
    } catch (error) {
      if (!expected.has(faultType(error))) client.forgetCoordinator('group', group);
      throw error;
    }
  };

  const joinGroup = async (claim: Parameters<Member['join']>[0]): Promise<JoinAnswer> => {
    const topics = options.inputs.map(({ topic }) => topic);
    const metadata = MemberMetadata.encode({ version: 1, topics, userData: claimBytes(claim) });
    const timeouts = { sessionTimeout: options.sessionMilliseconds, rebalanceTimeout: REBALANCE_MILLISECONDS };
    const protocols = { protocolType: 'consumer', groupProtocols: [{ name: `sluice-${options.ownership}`, metadata }] };
    try {
      return await send<JoinAnswer>('JoinGroup', 5, { memberId, ...timeouts, ...protocols });
    } catch (error) {
      isEchoing ||= memberId === '' && isDisconnect(error);
      throw error;
    }
  };

  return {
    join: async (claim) => {
      const answer = await joinGroup(claim);
      memberId = answer.memberId;
      const { generationId } = answer;
      const groupAssignment = answer.leaderId === memberId ? shareOut(answer, options) : [];
      const parameters = { memberId, generationId, groupAssignment };
      const { memberAssignment } = await send<{ memberAssignment: Buffer }>('SyncGroup', 3, parameters);
      return { memberId, generation: generationId, ...shareOf(memberAssignment) };
    },
    heartbeat: (joined) =>
      send('Heartbeat', 3, { memberId: joined.memberId, groupGenerationId: joined.generation }, 'main'),
    leave: async (joined) => {
      await send('LeaveGroup', 3, { memberId: joined.memberId }, 'main');
    },
    forget: () => {
      memberId = '';
    },
    isOwnEcho: () => {
      const was = isEchoing;
      isEchoing = false;
      return was;
    },
  };
};

interface JoinAnswer {
  readonly generationId: number;
  readonly memberId: string;
  readonly leaderId: string;
  readonly members: readonly { readonly memberId: string; readonly memberMetadata: Buffer }[];
}

const shareOut = ({ members }: JoinAnswer, { ownership, inputs }: MemberOptions) => {
  const claims = members.map(({ memberId, memberMetadata }) => ({ memberId, ...claimOf(memberMetadata) }));
  const count = ownership === 'exclusive' ? 1 : Math.max(...inputs.map(({ partitions }) => partitions));
  return [...assignTasks(claims, count)].map(([memberId, share]) => ({
    memberId,
    memberAssignment: encodeAssignment(share, ownership, inputs),
  }));
};

const claimBytes = (claim: Parameters<Member['join']>[0]): Buffer =>
  Buffer.from(JSON.stringify({ ...claim, handsOver: true }));

const claimOf = (metadata: Buffer): Omit<MemberClaim, 'memberId'> => {
  try {
    const { generation, tasks, handsOver } = JSON.parse(MemberMetadata.decode(metadata).userData?.toString() ?? '');
    if (Number.isInteger(generation) && Array.isArray(tasks))
      return { generation, tasks, handsOver: handsOver === true };
  } catch {
    // Another program's member claims nothing.
  }
  return { generation: -1, tasks: [] };
};

// Kafka's own tools show the partitions; the tasks beside them are ours. An older version reads nothing but their list.
const encodeAssignment = (
  { tasks, handOver }: Share,
  ownership: GroupSpec['ownership'],
  inputs: MemberOptions['inputs'],
): Buffer => {
  const all = (partitions: number) => [...Array(partitions).keys()];
  const had = [...tasks, ...handOver];
  const owned = (partitions: number) =>
    ownership === 'exclusive' ? (tasks.length > 0 ? all(partitions) : []) : had.filter((task) => task < partitions);
  const assignment = Object.fromEntries(inputs.map(({ topic, partitions }) => [topic, owned(partitions)]));
  const userData = Buffer.from(JSON.stringify(handOver.length > 0 ? { tasks, handOver } : tasks));
  return MemberAssignment.encode({ version: 1, assignment, userData });
};

const shareOf = (assignment: Buffer): Share => {
  const text = MemberAssignment.decode(assignment)?.userData?.toString();
  const share = text ? (JSON.parse(text) as Share | number[]) : [];
  return Array.isArray(share) ? { tasks: share, handOver: [] } : share;
};

const REBALANCE_MILLISECONDS = 15_000;
const expected = new Set(['REBALANCE_IN_PROGRESS', 'ILLEGAL_GENERATION', 'UNKNOWN_MEMBER_ID', 'FENCED_INSTANCE_ID']);
