import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startingConfig } from '../../cli/commands/set-up/init.ts';
import { canRunKafka } from '../../deploy/broker/jars.ts';
import { freePorts } from '../../deploy/broker/start.ts';
import { sluiceHere } from '../helpers/sluice-here.ts';

const jars = await canRunKafka();

/** The guide's first steps: the broker of `npm run kafka`, the guide's configuration, and `topics apply`. */
it.skipIf(!jars)('serves the configuration of the guide on a laptop (needs Java and Maven)', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-laptop-'));
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  const [program, script] = scripts.kafka.split(' ');
  const port = (await freePorts(1))[0]!;
  const broker = spawn(program, [script, '--port', String(port), '--folder', join(folder, 'kafka')]);
  const ended = new Promise((resolve) => broker.once('exit', resolve));
  try {
    const said = await new Promise<string>((resolve, reject) => {
      broker.stdout.once('data', (text) => resolve(String(text)));
      broker.stderr.once('data', (text) => reject(new Error(String(text))));
    });
    expect(said).toContain(`Kafka serves at 127.0.0.1:${port}`);
    const [transport = ''] = /^transport:\n {2}kind: kafka\n(?: {2}.*\n)+/m.exec(
      readFileSync('docs/kafka.md', 'utf8'),
    )!;
    expect(transport).toContain('127.0.0.1:9092');
    const yaml = startingConfig.replace(/^transport:[\s\S]*?(?=^\S)/m, '') + transport.replace('9092', String(port));
    writeFileSync(join(folder, 'sluice.yaml'), yaml);
    const env = { STUDENT_API_KEY: 'a', TEACHER_API_KEY: 'b' };
    const applied = await sluiceHere(['topics', 'apply'], { cwd: folder, env });
    expect(applied.stderr).toBe('');
    expect(applied.stdout).toContain('are as they should be');
  } finally {
    broker.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true });
  }
});
