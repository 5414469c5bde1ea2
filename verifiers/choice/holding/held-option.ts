import type { Range } from '../../claims/words/phrases.ts';

/** How a text holds options that it names; `option` where it only says which there are, `named` where
 * it says nothing of them. */
export type Hold = 'stated' | 'denied' | 'supposed' | 'asked' | 'named' | 'option' | 'corrected';

export interface Held extends Range {
  readonly letters: readonly string[];
  readonly hold: Hold;
  /** 3 where it is called the final answer, 2 the answer, 1 where nothing calls it so. */
  readonly weight: 1 | 2 | 3;
  /** Whether it is chosen, and not only called true. */
  readonly firm: boolean;
  /** Whether it takes back what was chosen before. */
  readonly corrects: boolean;
  /** Whether it is a label, alone on its line or with its text. */
  readonly bare: boolean;
  /** Whether it begins its line, as the label of what follows. */
  readonly label: boolean;
  /** Whether these several are what the choice is down to. */
  readonly narrows: boolean;
}
