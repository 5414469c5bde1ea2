import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
}

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  readonly packages: Readonly<Record<string, Locked>>;
};
const { allowScripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly allowScripts: Readonly<Record<string, boolean>>;
};
const nameOf = (place: string): string => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** What is installed without anybody having said which bytes it must be. */
const withoutIntegrity = (locked: Readonly<Record<string, Locked>>): string[] =>
  Object.entries(locked)
    .filter(([place, { link, integrity }]) => place !== '' && !link && !/^sha512-[\w+/]{86}==$/.test(integrity ?? ''))
    .map(([place]) => place);

describe('the lock file', () => {
  it('says of every package, also for other platforms, which bytes it is', () => {
    expect(Object.keys(packages).length).toBeGreaterThan(300);
    expect(withoutIntegrity(packages)).toEqual([]);
    expect(Object.keys(packages).filter((place) => /node_modules\/@deno\//.test(place))).toHaveLength(6);
  });

  it('is found wanting where one has none, or another kind of sum', () => {
    const spoilt = { ...packages, 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { integrity: 'sha1-x' } };
    expect(withoutIntegrity(spoilt)).toEqual(['node_modules/a', 'node_modules/b']);
  });
});

describe('programs that packages run when they are installed', () => {
  const scripted = Object.entries(packages)
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([place]) => nameOf(place))
    .sort();

  it('are allowed or refused by name, all of them and no others', () => {
    expect(scripted).not.toEqual([]);
    expect(Object.keys(allowScripts).sort()).toEqual(scripted);
  });

  it('are listed in docs/security.md, each with what is decided and why', () => {
    const page = readFileSync('docs/security.md', 'utf8');
    const rows = [...page.matchAll(/^\| (`[^|]+) \| (yes|no) \| ([^|]{10,}) \|$/gm)];
    const told = rows.flatMap(([, names, decided]) =>
      [...(names ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => [name, decided === 'yes']),
    );
    expect(Object.fromEntries(told)).toEqual(allowScripts);
  });
});

describe('the images of deploy/', () => {
  const page = readFileSync('docs/security.md', 'utf8');
  const dockerfile = readFileSync('deploy/Dockerfile', 'utf8');
  const compose = readFileSync('deploy/compose.yaml', 'utf8');
  const named = [
    ...[...dockerfile.matchAll(/^ARG (\w+_IMAGE)=(\S+)$/gm)].map(([, variable, image]) => [variable, image] as const),
    ...[...compose.matchAll(/\$\{(\w+_IMAGE):-([^}]+)\}/g)].map(([, variable, image]) => [variable, image] as const),
  ];

  it('are named by a tag that says a version, through a variable that takes a digest', () => {
    expect(named.length).toBeGreaterThanOrEqual(3);
    for (const [, image] of named) expect(image).toMatch(/^[a-z/]+:\d[\w.-]+(?:@sha256:[0-9a-f]{64})?$/);
    expect(dockerfile.match(/^FROM (?!\$NODE_IMAGE)/gm)).toBeNull();
    expect(compose.match(/^ +image: (?!sluice$|\$\{)/gm)).toBeNull();
  });

  it('are each pinned in docs/security.md by a command', () => {
    for (const [variable, image] of named) expect(page).toContain(`${variable}=${image}@sha256:…`);
    expect(page).toMatch(/kustomize edit set image sluice=\S+@sha256:…/);
  });
});
