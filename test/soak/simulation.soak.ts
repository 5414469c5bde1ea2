/**
 * The simulated world under many seeds, at both seams: `node test/soak/simulation.soak.ts [engine | kafka] [how many]
 * [from]`; without a seam 10,000 at the engine and 2,000 on brokers. See test/simulation/.
 */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const main = resolve(import.meta.dirname, '../simulation/main.ts');
const given = process.argv.slice(2);
const forms =
  given.length > 0
    ? [given]
    : [
        ['engine', '10000'],
        ['kafka', '2000'],
      ];
for (const form of forms) {
  const { status } = spawnSync(process.execPath, [main, ...form], { stdio: 'inherit' });
  process.exitCode ||= status ?? 1;
}
