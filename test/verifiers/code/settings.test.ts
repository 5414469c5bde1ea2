import { expect, it } from 'vitest';
import { affordableProcesses, completeSettings } from '../../../verifiers/code/settings.ts';

const GB = 2 ** 30;
const host = { cores: 64, totalBytes: 512 * GB, constrainedBytes: 0 };

it.each([
  ['one for each core of a machine that is free', host, 64],
  ['as many as the memory of a container can hold, whatever its host has', { ...host, constrainedBytes: 8 * GB }, 2],
  ['one in a container that is smaller than one', { ...host, constrainedBytes: GB / 4 }, 1],
  ['one for each core where the control group sets no limit', { ...host, constrainedBytes: 2 ** 63 }, 64],
  ['as many as the memory of a small machine can hold', { ...host, totalBytes: 12 * GB }, 4],
])('there are %s', (_, machine, processes) => {
  expect(affordableProcesses(512, machine)).toBe(processes);
});

it('there are as many as are asked for, where they are', () => {
  expect(completeSettings({ processes: 7 }).processes).toBe(7);
});
