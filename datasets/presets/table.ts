import { DataError } from '../error.ts';
import { gpqa } from './choice/gpqa.ts';
import { humaneval } from './code/humaneval.ts';
import { mbpp } from './code/mbpp.ts';
import { generic } from './generic.ts';
import { aime24, aime25 } from './maths/aime.ts';
import { dapoMath } from './maths/dapo-math.ts';
import { deepscaler } from './maths/deepscaler.ts';
import { gsm8k } from './maths/gsm8k.ts';
import { math, math500 } from './maths/math.ts';
import { numinamath, openr1Math } from './maths/numina.ts';
import type { Preset } from './preset.ts';

/** Every preset, in the order in which they are shown. */
export const presets: readonly Preset[] = [
  generic,
  gsm8k,
  math,
  math500,
  aime24,
  aime25,
  numinamath,
  openr1Math,
  deepscaler,
  dapoMath,
  gpqa,
  humaneval,
  mbpp,
];

/** The preset of that name; throws a DataError that names them all. */
export const presetOf = (name: string): Preset => {
  const found = presets.find((preset) => preset.name === name);
  if (found) return found;
  const names = presets.map((preset) => preset.name).join(', ');
  throw new DataError('preset-unknown', name, `is no preset; one of ${names}, or \`fields\` with generic.`);
};
