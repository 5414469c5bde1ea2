import { expect, it } from 'vitest';
import { dialogueOf } from './dialogue.ts';
import { choiceFaults, mathsFaults } from './faults.ts';

it('reads from dialogues in eight languages the value that each was made to answer, and none where it answers none', () => {
  expect(mathsFaults(3000)).toEqual([]);
});

it('reads options from them in the same way', () => {
  expect(choiceFaults(3000)).toEqual([]);
});

it('makes the same dialogue of the same seed', () => {
  expect(dialogueOf(7, ['1', '2', '3'])).toEqual(dialogueOf(7, ['1', '2', '3']));
});
