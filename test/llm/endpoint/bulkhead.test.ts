import { describe, expect, it } from 'vitest';
import type { Clock } from '../../../llm/clock.ts';
import { type Bulkhead, bulkhead, type Pass, type Passage } from '../../../llm/endpoint/bulkhead.ts';
import { EndpointFault } from '../../../llm/endpoint-fault.ts';
import { LlmError } from '../../../llm/errors.ts';
import { manualClock } from '../manual-clock.ts';

const never = new AbortController().signal;
const shed = (retryAfter: number | null = null): Passage => ({
  kind: 'fault',
  fault: new EndpointFault('shed', 'too many at once', { retryAfter }),
});
const broken: Passage = { kind: 'fault', fault: new EndpointFault('connection', 'connection refused') };

/** What an endpoint does with a call that is sent now. */
type Serve = (now: number, inFlight: number) => { readonly after: number; readonly passage: Passage };

const answerAfter = (milliseconds: number): ReturnType<Serve> => ({
  after: milliseconds,
  passage: { kind: 'answered', milliseconds },
});

/** Runs calls through a bulkhead on a clock that stands still, against an endpoint that is a function. */
const simulate = (ceiling: number, serve: Serve) => {
  const { clock, advance } = manualClock();
  const changes: string[] = [];
  const door: Bulkhead = bulkhead(ceiling, { clock, changed: () => changes.push(door.state().phase) });
  const log: { sent: number; passage: Passage }[] = [];
  let inFlight = 0;
  let highest = 0;

  const call = async (): Promise<void> => {
    for (let again = false; ; again = true) {
      const { leave } = await door.enter(new AbortController().signal, again);
      const sent = clock.now();
      highest = Math.max(highest, ++inFlight);
      const { after, passage } = serve(sent, inFlight);
      await clock.sleep(after);
      inFlight--;
      log.push({ sent, passage });
      leave(passage);
      if (passage.kind === 'answered') return;
      await clock.sleep(250);
    }
  };

  const count = (kind: Passage['kind'], from = 0, to = Number.POSITIVE_INFINITY) =>
    log.filter(({ sent, passage }) => passage.kind === kind && sent >= from && sent < to).length;

  return {
    door,
    advance,
    changes,
    count,
    start: (calls: number) => void Array.from({ length: calls }, call),
    highest: () => highest,
  };
};

describe('a bulkhead before a healthy endpoint', () => {
  it('holds as many calls in flight as it may, and no more', async () => {
    const { start, advance, highest, count } = simulate(256, () => answerAfter(300));
    start(2560);
    await advance(300 * 10);
    expect(highest()).toBe(256);
    expect(count('answered')).toBe(2560);
  });

  it('says that nothing holds it back', async () => {
    const { start, advance, door, changes } = simulate(16, () => answerAfter(300));
    start(64);
    await advance(10_000);
    expect(door.state()).toMatchObject({ phase: 'open', why: null, inFlight: 0, waiting: 0, limit: 16 });
    expect(changes.filter((phase) => phase !== 'open')).toEqual([]);
  });
});

describe('a bulkhead before an endpoint that refuses load', () => {
  it('settles at what the endpoint takes, at the cost of few refusals', async () => {
    const { start, advance, count } = simulate(256, (_now, inFlight) =>
      inFlight > 64 ? { after: 1, passage: shed() } : answerAfter(300),
    );
    start(8000);
    await advance(30_000);
    const possible = (25_000 / 300) * 64;
    expect(count('answered', 5000, 30_000)).toBeGreaterThan(0.9 * possible);
    expect(count('fault', 5000, 30_000)).toBeLessThan(0.05 * possible);
  });

  it('opens up again when the endpoint takes more', async () => {
    const { start, advance, door } = simulate(256, (now, inFlight) =>
      inFlight > 16 && now < 5000 ? { after: 1, passage: shed() } : answerAfter(300),
    );
    start(20_000);
    await advance(5000);
    expect(door.state().limit).toBeLessThan(40);
    expect(door.state().why).toContain('it refuses more');
    await advance(10_000);
    expect(door.state()).toMatchObject({ limit: 256, phase: 'open' });
  });

  it('pauses for as long as it is asked to when nothing gets through', async () => {
    const { start, advance, count, door } = simulate(64, (now) =>
      now < 60_000 ? { after: 5, passage: shed(60_000) } : answerAfter(100),
    );
    start(1000);
    await advance(30_000);
    expect(door.state()).toMatchObject({ phase: 'paused', why: 'too many at once' });
    expect(door.state().resumesIn).toBeGreaterThan(29_000);
    await advance(90_000);
    expect(count('fault')).toBeLessThan(70);
    expect(count('answered')).toBe(1000);
  });
});

describe('a bulkhead before an endpoint that is down', () => {
  it('sends a probe now and then, and everything when it is back', async () => {
    const { start, advance, count, door, changes } = simulate(256, (now) =>
      now < 20_000 ? { after: 2, passage: broken } : answerAfter(300),
    );
    start(1000);
    await advance(10_000);
    expect(door.state()).toMatchObject({ phase: 'paused', why: 'connection refused' });
    await advance(50_000);
    expect(count('fault')).toBeLessThan(2 * 256);
    expect(count('answered')).toBe(1000);
    expect(changes).toContain('probing');
  });

  it('lets the breaker be: scattered faults do not pause it', async () => {
    let number = 0;
    const { start, advance, count, changes } = simulate(64, () =>
      number++ % 10 === 0 ? { after: 50, passage: broken } : answerAfter(300),
    );
    start(5000);
    await advance(60_000);
    expect(count('answered')).toBe(5000);
    expect(changes).not.toContain('paused');
    expect(count('fault')).toBeLessThan(0.12 * 5000);
  });
});

describe('a bulkhead before an endpoint that grows slow', () => {
  it('asks less of it, says so, and is back within ten seconds of its recovery', async () => {
    const { start, advance, door, count } = simulate(64, (now) =>
      answerAfter(now >= 10_000 && now < 20_000 ? 3000 : 300),
    );
    start(12_000);
    await advance(10_000);
    expect(door.state().limit).toBe(64);
    await advance(10_000);
    expect(door.state()).toMatchObject({
      phase: 'limited',
      why: expect.stringMatching(/of 64 at once: it answers 3 times slower/),
    });
    await advance(20_000);
    expect(count('answered', 30_000, 39_700)).toBeGreaterThan(0.9 * 64 * (9700 / 300));
  });

  // With the quick ones the late ones pile up, and then come back nearly all at once.
  it.each([0, 200])('does not hold answers that vary much against it, from %i ms on', async (quickest) => {
    let number = 0;
    const { start, advance, changes } = simulate(64, () =>
      answerAfter(number++ % 20 === 10 ? 5000 : quickest + 60 + (number % 7) * 40),
    );
    start(5000);
    await advance(60_000);
    expect(changes.filter((phase) => phase !== 'open')).toEqual([]);
  });
});

describe('a bulkhead that is closed', () => {
  it('keeps no timer: a pause does not hold the process', async () => {
    const { clock } = manualClock();
    let sleeping = 0;
    const counting: Clock = {
      ...clock,
      sleep: (milliseconds, signal) => {
        sleeping++;
        return clock.sleep(milliseconds, signal).finally(() => sleeping--);
      },
    };
    const door = bulkhead(8, { clock: counting });
    const passes = await Promise.all(Array.from({ length: 8 }, () => door.enter(never, false)));
    for (const pass of passes) pass.leave(broken);
    const controller = new AbortController();
    const waiting = door.enter(controller.signal, false).catch(() => 'gone');
    expect(sleeping).toBe(1);
    controller.abort();
    door.close();
    expect(await waiting).toBe('gone');
    await new Promise((resolve) => setImmediate(resolve));
    expect(sleeping).toBe(0);
  });
});

describe('a caller at the bulkhead', () => {
  const fullBulkhead = async () => {
    const { clock } = manualClock();
    const door = bulkhead(1, { clock });
    return { door, pass: await door.enter(never, false) };
  };

  it('leaves the queue when it aborts, and nobody is lost behind it', async () => {
    const { door, pass } = await fullBulkhead();
    const controller = new AbortController();
    const first = door.enter(controller.signal, false).catch((reason: unknown) => reason);
    const second = door.enter(never, false);
    controller.abort('enough');
    expect(await first).toBe('enough');
    expect(door.state().waiting).toBe(1);
    pass.leave({ kind: 'answered', milliseconds: 1 });
    await second;
    expect(door.state()).toMatchObject({ inFlight: 1, waiting: 0 });
  });

  it('goes before new ones when it comes again', async () => {
    const { door, pass } = await fullBulkhead();
    const order: string[] = [];
    const enter = (name: string, again: boolean): Promise<Pass> =>
      door.enter(never, again).then((got) => {
        order.push(name);
        return got;
      });
    const fresh = enter('new', false);
    const again = enter('again', true);
    pass.leave({ kind: 'void' });
    (await again).leave({ kind: 'void' });
    await fresh;
    expect(order).toEqual(['again', 'new']);
  });

  it('is turned away, waiting or coming, once the endpoint is given up', async () => {
    const { door } = await fullBulkhead();
    const waiting = door.enter(never, false).catch((error: unknown) => error);
    const error = new LlmError('unauthorized', 'wrong key');
    door.stop(error);
    expect(await waiting).toBe(error);
    await expect(door.enter(never, false)).rejects.toBe(error);
    expect(door.state()).toMatchObject({ phase: 'stopped', why: 'wrong key', waiting: 0 });
  });

  it('that was a probe and aborted leaves the next one to probe', async () => {
    const { clock, advance } = manualClock();
    const door = bulkhead(8, { clock });
    const passes = await Promise.all(Array.from({ length: 8 }, () => door.enter(never, false)));
    for (const pass of passes) pass.leave(broken);
    expect(door.state().phase).toBe('paused');
    const [first, second] = [door.enter(never, false), door.enter(never, false)];
    await advance(1000);
    expect(door.state()).toMatchObject({ phase: 'probing', inFlight: 1, waiting: 1 });
    (await first).leave({ kind: 'void' });
    (await second).leave({ kind: 'answered', milliseconds: 5 });
    expect(door.state()).toMatchObject({ phase: 'limited', inFlight: 0, waiting: 0 });
  });
});
