import { expect, it } from 'vitest';
import { knownSchemas, writtenSchemas } from '../../schemas/known.ts';
import { recordNames } from '../../schemas/schemas.ts';

it('knows every schema that it writes, one of each record, and makes them once', () => {
  const [known, written] = [knownSchemas(), writtenSchemas()];
  expect([...written.values()].map(({ record }) => record).sort()).toEqual([...recordNames].sort());
  for (const [fingerprint, schema] of written) expect(known.get(fingerprint)).toBe(schema);
  expect(knownSchemas()).toBe(known);
  expect(writtenSchemas()).toBe(written);
});
