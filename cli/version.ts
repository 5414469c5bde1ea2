import { readFileSync } from 'node:fs';

/** The package's version; the sources lie one folder below it, the built files two. */
export const version = (): string => {
  for (const up of ['..', '../..']) {
    try {
      const { name, version } = JSON.parse(readFileSync(new URL(`${up}/package.json`, import.meta.url), 'utf8'));
      if (name === 'sluice') return version;
    } catch {
      // One folder further up, then.
    }
  }
  return 'unknown';
};
