import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { commandLine } from '../../cli/main.ts';
import { sluiceHere } from '../helpers/sluice-here.ts';

const pathsOf = (command: Command, path: readonly string[]): (readonly string[])[] => [
  path,
  ...command.commands.flatMap((inner) => pathsOf(inner, [...path, inner.name()])),
];

const everything = await commandLine();

const here = { cwd: import.meta.dirname };

/** What is wrongly given, and what stderr says. */
const wrong: readonly (readonly [args: readonly string[], says: string])[] = [
  [['statsu'], '(Did you mean status?)\n(sluice --help shows all commands)'],
  [['dead-letters', 'lst'], '(Did you mean list?)\n(sluice dead-letters --help shows all commands)'],
  [['run', '--jsno'], '(Did you mean --json?)\n(sluice run --help shows how)'],
  [['rehearse', '--port', '99999'], '--port 99999: wants a number, from 0 to 65535'],
  [['rehearse', '--ability', '2'], '--ability 2: wants a number, from 0 to 1'],
  [['demo', '--records', '1.5'], '--records 1.5: wants a whole number, 1 or more'],
  [['compare', 'a', 'a'], 'wants two different runs'],
  [['verify', '--reference', '1'], '--reference and --response belong together'],
  [['verify', '--kind', 'physics'], 'known: choice, code, maths'],
  [['verify', '--kind', 'mahts'], 'did you mean "maths"? known: choice, code, maths'],
  [['inspect', '--state', 'parkd'], '--state parkd: did you mean "parked"? known: unread, '],
  [['run', '--stages', 'grad'], 'there is no stage "grad"; did you mean "grade"? known: ingest, '],
  [['target', 'set', '--distribution', 'curiculum'], 'did you mean "curriculum"? wants curriculum, evaluated, natural'],
  [['target', 'set', '--distribution', 'level5=2'], 'did you mean "level_5"? wants LEVEL=WEIGHT'],
  [['target', 'set'], 'says nothing: give --records or --distribution'],
];

describe('the command line', () => {
  it.for(pathsOf(everything, []))('explains `sluice %s` with an example', async (path) => {
    const { stdout, stderr, code } = await sluiceHere([...path, '--help'], here);
    expect(stdout).toContain(`Usage: ${['sluice', ...path].join(' ')}`);
    expect(stdout).toMatch(/\nExample:\n {2}sluice /);
    expect(stdout).not.toContain('(default: [])');
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  });

  it.for(wrong)('refuses `sluice %s` and says what is wanted', async ([args, says]) => {
    const { stdout, stderr, code } = await sluiceHere(args, here);
    expect(stderr).toContain(says);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect({ stdout, code }).toEqual({ stdout: '', code: 2 });
  });
});
