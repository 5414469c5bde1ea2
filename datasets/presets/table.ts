import { DataError } from '../error.ts';
import { arc, openbookqa } from './choice/arc.ts';
import { gpqa } from './choice/gpqa.ts';
import { medqa } from './choice/medqa.ts';
import { mmlu } from './choice/mmlu.ts';
import { mmluPro } from './choice/mmlu-pro.ts';
import { sciq } from './choice/sciq.ts';
import { aceCode } from './code/ace-code.ts';
import { apps, taco } from './code/apps.ts';
import { codeContests } from './code/code-contests.ts';
import { codeforces } from './code/codeforces.ts';
import { humaneval } from './code/humaneval.ts';
import { kodCode } from './code/kod-code.ts';
import { liveCodeBench } from './code/live-code-bench.ts';
import { mbpp } from './code/mbpp.ts';
import { generic } from './generic.ts';
import { aime24, aime25 } from './maths/aime.ts';
import { bigMath } from './maths/big-math.ts';
import { dapoMath } from './maths/dapo-math.ts';
import { deepmath } from './maths/deepmath.ts';
import { deepscaler } from './maths/deepscaler.ts';
import { gsm8k } from './maths/gsm8k.ts';
import { math, math500 } from './maths/math.ts';
import { numinamath, openr1Math } from './maths/numina.ts';
import { orz } from './maths/orz.ts';
import { eurus } from './mixed/eurus.ts';
import { openThoughts } from './mixed/open-thoughts.ts';
import { skyworkOr1 } from './mixed/skywork-or1.ts';
import { synthetic1, synthetic2 } from './mixed/synthetic.ts';
import type { Preset } from './preset.ts';

/** Every preset, in the order in which they are shown. */
export const presets: readonly Preset[] = [
  generic,
  ...[gsm8k, math, math500, aime24, aime25, numinamath, openr1Math, deepscaler, dapoMath, bigMath, deepmath, orz],
  ...[eurus, skyworkOr1, openThoughts, synthetic1, synthetic2],
  ...[humaneval, mbpp, liveCodeBench, apps, taco, codeContests, codeforces, kodCode, aceCode],
  ...[gpqa, mmlu, mmluPro, arc, openbookqa, medqa, sciq],
];

/** The preset of that name; throws a DataError that names them all. */
export const presetOf = (name: string): Preset => {
  const found = presets.find((preset) => preset.name === name);
  if (found) return found;
  const names = presets.map((preset) => preset.name).join(', ');
  throw new DataError('preset-unknown', name, `is no preset; one of ${names}, or \`fields\` with generic.`);
};
