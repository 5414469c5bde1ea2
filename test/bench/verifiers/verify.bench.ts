/**
 * How many answers a second `sluice verify --serve` judges over HTTP on the loopback, for one caller and for 64, each
 * with one answer a request. `node test/bench/verifiers/verify.bench.ts [REQUESTS]`.
 */
import { serveVerifier } from '../../../cli/verify/serve.ts';
import { ownDomains } from '../../../domains/registry.ts';
import { openVerifiers } from '../../../flow/wiring/open-verifiers.ts';
import { maskOf } from '../../../llm/mask.ts';

const REQUESTS = Number(process.argv[2] ?? 4000);
const CALLERS = [1, 64];
const BODY = JSON.stringify([
  { answer: '\\frac{3}{4}', response: 'Adding up gives 6/8, so the answer is \\boxed{0.75}.' },
]);

const verifiers = openVerifiers(ownDomains, { folder: '.' });
const settings = { token: undefined, domains: ownDomains, verifiers, mask: maskOf([]) };
const serving = await serveVerifier({ address: '127.0.0.1:0', ...settings });

async function ask(): Promise<void> {
  const response = await fetch(`${serving.url}/verify`, { method: 'POST', body: BODY });
  const [line] = (await response.json()) as { verdict: string }[];
  if (line?.verdict !== 'right') throw new Error(`the verdict is ${line?.verdict}, not right`);
}

async function answersASecond(callers: number): Promise<number> {
  let left = REQUESTS;
  const call = async (): Promise<void> => {
    while (left-- > 0) await ask();
  };
  const before = performance.now();
  await Promise.all(Array.from({ length: callers }, call));
  return (REQUESTS / (performance.now() - before)) * 1000;
}

for (let warm = 0; warm < 200; warm += 1) await ask();
console.log('| callers | answers/s |\n| --- | --- |');
for (const callers of CALLERS) console.log(`| ${callers} | ${Math.round(await answersASecond(callers))} |`);
await serving.close();
await verifiers.close();
