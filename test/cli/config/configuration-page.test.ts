import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { configurationPage } from '../../../cli/config/configuration-page.ts';
import { configJsonSchema } from '../../../flow/settings/known-keys.ts';

describe('docs/configuration.md', () => {
  const page = readFileSync('docs/configuration.md', 'utf8');

  it('is what the schema says: `npm run generate` makes it anew', () => {
    expect(page).toBe(configurationPage());
  });

  it('has a section for every key, and the keys of domains by their kinds', () => {
    const { properties } = configJsonSchema() as { properties: Record<string, unknown> };
    for (const name of Object.keys(properties)) expect(page).toContain(`## \`${name}\``);
    for (const key of [
      'domains.NAME.policies.decimals',
      'domains.NAME.processes',
      'domains.NAME.runner',
      'teacher.samples',
    ])
      expect(page).toContain(`| \`${key}\` |`);
  });
});
