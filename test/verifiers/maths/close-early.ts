import { mathsVerifier } from '../../../verifiers/maths/index.ts';
import type { Task } from '../../../verifiers/port.ts';

/** Closes verifiers that are still at work, at twenty moments; nothing else keeps the process. */
const never = new AbortController().signal;
const task: Task = { reference: { domain: 'maths', answer: '5' }, response: '\\boxed{5}' };
for (let moment = 0; moment < 20; moment++) {
  const { verify, close } = mathsVerifier();
  await verify(task, never);
  verify(task, never).catch(() => {});
  const until = performance.now() + moment * 0.04;
  while (performance.now() < until) await new Promise((resolve) => setImmediate(resolve));
  await close();
}
