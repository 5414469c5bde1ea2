/** Every way of judging that settings may name: one line each. */
export { call } from './call.ts';
export { choice } from './choice.ts';
export { code } from './code.ts';
export { command } from './command.ts';
export { http } from './http.ts';
export { instructions } from './instructions.ts';
export { json } from './json.ts';
export { label } from './label.ts';
export { maths } from './maths.ts';
export { model } from './model.ts';
export { number } from './number.ts';
export { regex } from './regex.ts';
export { text } from './text.ts';
