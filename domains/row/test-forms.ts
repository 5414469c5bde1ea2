import { checkExactSize, parseExactly, unpacked } from './json-text.ts';
import { RowFault } from './row-fault.ts';

interface Case {
  readonly input: unknown;
  readonly output: unknown;
}

/**
 * Tests in the forms in which data sets publish them, as one of this system's own: two lists of inputs and outputs
 * (with `fn_name`: a function is called), a list of cases with `input` and `output`, a list of asserts, or JSON text or
 * printed Python of any of these. What is none of them is given back as it is. Throws a RowFault where such a form
 * contradicts itself.
 */
export const testsOf = (found: unknown, function_: string | null = null): unknown => {
  const value = unpacked(found, parseExactly);
  if (Array.isArray(value)) return ofList(value, function_);
  if (typeof value !== 'object' || value === null || 'kind' in value) return value;
  const fields = value as Readonly<Record<string, unknown>>;
  const name = textIn(fields, 'fn_name') ?? textIn(fields, 'func_name') ?? function_;
  const list = unpacked(fields.test_cases ?? fields.test_case ?? fields.tests ?? fields.asserts ?? fields.assert_case);
  if (Array.isArray(list)) return ofList(list, name);
  const inputs = unpacked(fields.inputs ?? fields.input);
  const outputs = unpacked(fields.outputs ?? fields.output);
  if (Array.isArray(inputs) && Array.isArray(outputs)) return ofCases(paired(inputs, outputs), name);
  return ofChecker(fields) ?? value;
};

/** Further cases behind those of the first; for sets that part public ones from private ones. */
export const joinedCases = (...all: readonly unknown[]): unknown => {
  const lists = all.map((one) => {
    const value = unpacked(one);
    const { input, output, inputs = input, outputs = output } = (value ?? {}) as Record<string, unknown>;
    if (Array.isArray(inputs) && Array.isArray(outputs)) return paired(inputs, outputs);
    return Array.isArray(value) ? (value as Case[]) : [];
  });
  return lists.flat();
};

const textIn = (fields: Readonly<Record<string, unknown>>, key: string): string | null => {
  const value = fields[key];
  return typeof value === 'string' && value !== '' ? value : null;
};

const paired = (inputs: readonly unknown[], outputs: readonly unknown[]): Case[] => {
  if (inputs.length !== outputs.length)
    throw new RowFault(
      'tests-not-understood',
      `tests has ${inputs.length} inputs and ${outputs.length} outputs; one output for each input is wanted.`,
    );
  return inputs.map((input, index) => ({ input, output: outputs[index] }));
};

const ofList = (list: readonly unknown[], function_: string | null): unknown => {
  if (list.length > 0 && list.every((one) => typeof one === 'string'))
    return { kind: 'asserts', setup: '', asserts: list };
  const cases = list.map((one) => (typeof one === 'object' && one !== null ? (one as Record<string, unknown>) : {}));
  if (cases.length === 0 || !cases.every((one) => 'input' in one && ('output' in one || 'expected_output' in one)))
    return list;
  const name = cases.map((one) => textIn(one, 'fn_name')).find((one) => one !== null) ?? function_;
  return ofCases(
    cases.map((one) => ({ input: one.input, output: one.output ?? one.expected_output })),
    name,
  );
};

const ofCases = (cases: readonly Case[], function_: string | null): unknown => {
  if (function_ === null)
    return {
      kind: 'stdin',
      cases: cases.map(({ input, output }) => ({ input: stream(input), output: stream(output) })),
    };
  checkExactSize(cases.flatMap(({ input, output }) => [input, output].filter((one) => typeof one === 'string')).join());
  // A result alone in a list is how APPS and its heirs write it; where every output is so, the list is no part of it.
  const wrapped = cases.every(
    ({ input, output }) => Array.isArray(input) && Array.isArray(output) && output.length === 1,
  );
  return {
    kind: 'call',
    entryPoint: function_,
    cases: cases.map(({ input, output }) => ({
      arguments: typeof input === 'string' ? jsonLines(input) : Array.isArray(input) ? input : [input],
      expected: typeof input === 'string' ? jsonValue(output) : wrapped ? (output as unknown[])[0] : output,
    })),
  };
};

/** What is typed in or printed; a list of lines is one text. */
const stream = (value: unknown): unknown => {
  if (Array.isArray(value) && value.every((one) => typeof one === 'string' || typeof one === 'number'))
    return value.join('\n');
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : value;
};

/** LiveCodeBench: one JSON value a line for each argument. */
const jsonLines = (text: string): unknown[] =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(jsonValue);

const jsonValue = (value: unknown): unknown => {
  if (typeof value !== 'string') return value;
  try {
    return parseExactly(value);
  } catch (error) {
    if (error instanceof RowFault) throw error;
    throw new RowFault('tests-not-understood', `tests has a value that is no JSON: ${value.slice(0, 40)}.`);
  }
};

/** Skywork-OR1 and its like: a function's name and source that calls `check`. */
const ofChecker = (fields: Readonly<Record<string, unknown>>): unknown => {
  const [entryPoint, code] = [textIn(fields, 'entry_point'), textIn(fields, 'test_code') ?? textIn(fields, 'test')];
  if (entryPoint === null || code === null) return undefined;
  const before = textIn(fields, 'import_prefix') ?? '';
  return { kind: 'check', entryPoint, source: before === '' ? code : `${before}\n${code}` };
};
