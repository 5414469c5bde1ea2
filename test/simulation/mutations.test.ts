import { describe, expect, it } from 'vitest';
import { findMutation, mutations } from './mutations.ts';

describe('faults that are put back', { timeout: 300_000 }, () => {
  it.each(mutations)('are found: $name', (mutation) => {
    // Where the world has changed since, another seed may be the first.
    const found = findMutation(mutation, mutation.seed, 1) ?? findMutation(mutation);
    expect(found).not.toBeNull();
  });
});
