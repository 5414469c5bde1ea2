import { expect, it } from 'vitest';
import { calibration } from '../../../cli/verify/calibrate.ts';
import { answered } from '../../helpers/models/model-replies.ts';
import { modelServer } from '../../helpers/models/model-server.ts';
import { place } from '../../helpers/sluice.ts';

it('a calibration counts agreement, wrong yes and wrong no', async () => {
  const judged = { id: null, reason: '', extracted: null, found: null, passedShare: null, milliseconds: 0 };
  async function* results() {
    for (const [label, verdict, times] of [
      ['right', 'right', 60],
      ['right', 'wrong', 15],
      ['right', 'unverifiable', 5],
      ['wrong', 'wrong', 18],
      ['wrong', 'right', 2],
      [null, 'right', 7],
    ] as const)
      for (let time = 0; time < times; time++) yield { judged: { ...judged, verdict }, line: 1, label, broken: false };
  }
  const found = await calibration(results());
  expect(found).toMatchObject({ pairs: 100, leftOut: 7, unverifiable: 5 });
  expect(found.agreement).toMatchObject({ count: 78, of: 100 });
  expect(found.wrongYes).toMatchObject({ count: 2, of: 20, share: 0.1 });
  expect(found.wrongNo).toMatchObject({ count: 20, of: 80, share: 0.25 });
  expect(found.wrongYes.interval[0]).toBeCloseTo(0.0279, 3);
  expect(found.wrongYes.interval[1]).toBeCloseTo(0.301, 3);
});

it('`verify --calibrate` measures a model that says yes too often', async () => {
  // It calls every third wrong answer right, and is told so by its number.
  const server = await modelServer({
    chat: ({ text }) => {
      const number = Number(/lie (\d+)/.exec(text)?.[1] ?? 0);
      return answered(`VERDICT: ${number % 3 === 0 ? 'yes' : 'no'}`);
    },
  });
  const there = place({
    domains: { open: { kind: 'model', baseUrl: `${server.url}/v1`, model: 'judge' } },
    ...{ student: { baseUrl: server.url, model: 's' }, teacher: { baseUrl: server.url, model: 't' } },
    ...{ scorer: { kind: 'judge', baseUrl: server.url, model: 'j' } },
  });
  try {
    const line = (label: string, response: string) => ({
      domain: 'open',
      statement: 'What?',
      answer: 'x',
      label,
      response,
    });
    there.write('pairs.jsonl', [
      ...Array.from({ length: 30 }, (_, index) => line('wrong', `lie ${index + 1}`)),
      ...Array.from({ length: 30 }, () => line('right', 'truth')),
    ]);
    const { stdout, stderr } = await there.run('verify', '-c', 'sluice.yaml', '--calibrate', 'pairs.jsonl', '--json');
    expect(JSON.parse(stdout), stderr).toMatchObject({
      ...{ pairs: 60, byModel: 60, agreement: { count: 50 } },
      ...{ wrongYes: { count: 10, of: 30 }, wrongNo: { count: 0, of: 30 } },
    });
    const table = await there.run('verify', '-c', 'sluice.yaml', '--calibrate', 'pairs.jsonl');
    expect(table.stdout).toContain('wrong yes  33.3 %  (10 of 30; 95 %: 19.2 % to 51.2 %)');
  } finally {
    there.remove();
    await server.close();
  }
});
