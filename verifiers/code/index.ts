export { type CodeVerifier, codeVerifier } from './code-verifier.ts';
export { describeSandbox, type SandboxDescription } from './describe-sandbox.ts';
export { type ExtractedProgram, extractProgram, type Wanted } from './extraction/extract-program.ts';
export type { CodeJudgement } from './judging/judge-program.ts';
export type { TestOutcome, TestResult } from './judging/report.ts';
export { SandboxUnavailable } from './sandbox/port.ts';
export type { CodeVerifierSettings } from './settings.ts';
export { parseExactly } from './tests/exact-json.ts';
export { codeTests } from './tests/schema.ts';
