import type { CodeTests } from '../../port.ts';
import { promptAsModule } from '../extraction/continuation.ts';
import type { CheckerTests } from '../sandbox/port.ts';
import { type Call, callOf } from './assert-statement.ts';
import { fromJson, matchesJson } from './compare-json.ts';
import { reduceAsserts, reduceCheck } from './reduce-tests.ts';

/** How a problem's tests are carried out. */
export type Plan =
  | {
      readonly kind: 'calls';
      readonly calls: readonly Call[];
      readonly imports: readonly string[];
      readonly customary: boolean;
    }
  | { readonly kind: 'checker'; readonly tests: CheckerTests; readonly imports: readonly string[] }
  | { readonly kind: 'script'; readonly cases: readonly ScriptCase[]; readonly tolerance?: number };

/** What a whole program reads, and what it is to print; `accepts` are other outputs that are right. */
export interface ScriptCase {
  readonly input: string;
  readonly output: string;
  readonly accepts?: readonly string[];
}

/** What the function form's programs are used to finding without importing it (LeetCode's environment). */
const CUSTOMARY_IMPORTS = [
  'import bisect, collections, copy, datetime, functools, heapq, itertools, math, operator, random, re, string, sys',
  'from typing import *',
  'from bisect import *',
  'from collections import *',
  'from functools import *',
  'from heapq import *',
  'from itertools import *',
  'from math import *',
];

/** Longer tests are not read here, where others wait, but by Python in a sandbox. */
const MAX_TEXT = 256 * 1024;

/** Decides it from the tests alone, so that it can be kept for all programs of a problem. */
export function planTests(tests: CodeTests, prompt: string | null): Plan {
  switch (tests.kind) {
    case 'stdin':
      return {
        kind: 'script',
        cases: tests.cases,
        ...(tests.tolerance === undefined ? {} : { tolerance: tests.tolerance }),
      };
    case 'call':
      return {
        kind: 'calls',
        imports: CUSTOMARY_IMPORTS,
        customary: true,
        calls: tests.cases.map((test) => jsonCall(tests, test)),
      };
    case 'asserts': {
      const imports = importLines(tests.setup);
      const calls =
        tests.setup.trim() === '' && lengthOf(tests.asserts) <= MAX_TEXT ? reduceAsserts(tests.asserts) : null;
      return calls ? { kind: 'calls', calls, imports, customary: false } : checkerPlan(tests, prompt, imports);
    }
    case 'check': {
      const calls = tests.source.length <= MAX_TEXT ? reduceCheck(tests.source, tests.entryPoint) : null;
      return calls ? { kind: 'calls', calls, imports: [], customary: false } : checkerPlan(tests, prompt, []);
    }
  }
}

const lengthOf = (texts: readonly string[]): number => texts.reduce((sum, text) => sum + text.length, 0);

type CallTests = Extract<CodeTests, { kind: 'call' }>;

function jsonCall(tests: CallTests, { arguments: given, expected }: CallTests['cases'][number]): Call {
  return {
    ...callOf(tests.entryPoint, given.map(fromJson)),
    accepts: (result) => matchesJson(result, expected, tests.tolerance),
  };
}

function checkerPlan(tests: CodeTests, prompt: string | null, imports: string[]): Plan {
  const asserts = tests.kind === 'asserts' ? tests : null;
  const check = tests.kind === 'check' ? tests : null;
  return {
    kind: 'checker',
    imports,
    tests: {
      kind: check ? 'check' : 'asserts',
      prelude: prompt === null ? '' : promptAsModule(prompt),
      setup: asserts?.setup ?? '',
      asserts: asserts?.asserts ?? [],
      source: check?.source ?? '',
      entryPoint: check?.entryPoint ?? null,
    },
  };
}

/** A setup may hold parts of the solution, so that the program gets nothing of it but what it imports. */
function importLines(setup: string): string[] {
  return setup.split(/\r?\n/).filter((line) => /^(?:import|from)\s/.test(line));
}
