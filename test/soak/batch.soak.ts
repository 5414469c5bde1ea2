/**
 * `kill -9` at the steps of a batch in turns (gathered, uploaded, created, polling, half fetched, fetched) over one run: the
 * long form of `test/end-to-end/teacher/batch.test.ts`. `node test/soak/batch.soak.ts [KILLS [SEED]]`; exits with 1 where a row was
 * sent or paid for twice, a problem is missing or the budget counts less than the server.
 */
import { rehearsalProblems } from '../../rehearsal/exercises/problems.ts';
import { startRehearsal } from '../../rehearsal/server/server.ts';
import { batchedConfig, killAtEachStep, teacherBill } from '../helpers/kills/batch-kills.ts';
import { batchGate } from '../helpers/models/batch-gate.ts';
import { faultsOf, storedStates } from '../helpers/oracles/stored-states.ts';
import { place } from '../helpers/sluice.ts';

const [wanted = 50, seed = 1] = process.argv.slice(2).map(Number);
const count = 10 * wanted;

const rehearsal = await startRehearsal({ seed, batch: { milliseconds: 300, expired: 0.05, failed: 0.05 } });
const gate = await batchGate(rehearsal.url);
const there = place(batchedConfig(gate.doomed, rehearsal.url, { records: 3 * wanted, cost: 100 }));
there.write('problems.jsonl', [...rehearsalProblems({ seed, count })]);
const began = performance.now();
const kills = await killAtEachStep({ there, gate, kills: wanted, args: ['run'] });
const { code, stderr } = await there.run('run');
const { states, models } = there.report();
const { repeated, byModel } = rehearsal.stats();
const wrong = [
  kills === wanted ? [] : `only ${kills} kills before the end`,
  code === 0 || code === 3 ? [] : `exit ${code}: ${stderr}`,
  gate.sentTooOften().map((id) => `sent too often: ${id}`),
  gate.billedTwice().map((id) => `paid for twice: ${id}`),
  repeated === 0 ? [] : `${repeated} answered again`,
  byModel['rehearsal-student']?.answered === count
    ? []
    : `${byModel['rehearsal-student']?.answered} of ${count} graded`,
  states.unread + states.dead === 0 ? [] : JSON.stringify(states),
  faultsOf(storedStates(there.store, 'batched')),
].flat();
const minutes = ((performance.now() - began) / 60_000).toFixed(1);
console.log(`${kills} kills in ${minutes} minutes: ${gate.rows()} rows, ${states.emitted} records`);
console.log(
  `the teacher cost ${teacherBill(rehearsal).toFixed(5)} at the server, ${models.teacher?.cost.toFixed(5)} are shown`,
);
for (const one of wrong) console.log(one);
process.exitCode = wrong.length > 0 ? 1 : 0;
there.remove();
await gate.close();
await rehearsal.close();
