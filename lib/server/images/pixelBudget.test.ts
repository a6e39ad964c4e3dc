import { describe, expect, test } from 'vitest';
import { PixelBudget } from './pixelBudget';

/** Starts work that holds its pixels until it is told to end. */
function hold(budget: PixelBudget, pixels: number, signal?: AbortSignal, owner = 'somebody') {
  let end: () => void = () => {};
  const released = new Promise<void>((resolve) => {
    end = resolve;
  });
  const state = { running: false };
  const done = budget.with({ pixels, owner, signal }, async () => {
    state.running = true;
    await released;
    state.running = false;
  });
  return { state, end, done };
}

const roomFor = (room: { pixels: number; pictures?: number; waiting?: number }) =>
  new PixelBudget({ pictures: 100, waiting: 10, ...room });

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('PixelBudget', () => {
  test('lets in what fits, in order, and no small one past a large one', async () => {
    const budget = roomFor({ pixels: 100 });
    const first = hold(budget, 60);
    const large = hold(budget, 80);
    const small = hold(budget, 10);
    await settle();
    expect([first.state.running, large.state.running, small.state.running]).toEqual([true, false, false]);
    first.end();
    await first.done;
    await settle();
    expect([large.state.running, small.state.running]).toEqual([true, true]);
    large.end();
    small.end();
    await Promise.all([large.done, small.done]);
    expect(budget.waiting).toBe(0);
  });

  test('lets in alone what is larger than the whole', async () => {
    const budget = roomFor({ pixels: 100 });
    const huge = hold(budget, 1000);
    const other = hold(budget, 1);
    await settle();
    expect([huge.state.running, other.state.running]).toEqual([true, false]);
    huge.end();
    await huge.done;
    other.end();
    await other.done;
  });

  test('lets in no more than so many, however small', async () => {
    const budget = roomFor({ pixels: 100, pictures: 2 });
    const three = [1, 1, 1].map((pixels) => hold(budget, pixels));
    await settle();
    expect(three.map(({ state }) => state.running)).toEqual([true, true, false]);
    for (const { end, done } of three) {
      end();
      await done;
    }
  });

  test('lets one with few pictures wait no longer than one with many', async () => {
    const budget = roomFor({ pixels: 100 });
    const many = Array.from({ length: 8 }, () => hold(budget, 50, undefined, 'many'));
    const few = hold(budget, 50, undefined, 'few');
    await settle();
    expect(few.state.running).toBe(false);
    many[0]?.end();
    await many[0]?.done;
    await settle();
    expect(few.state.running).toBe(true);
    few.end();
    for (const { end, done } of many) {
      end();
      await done;
    }
  });

  test('refuses those beyond the waiting room', async () => {
    const budget = roomFor({ pixels: 100, waiting: 1 });
    const running = hold(budget, 100);
    const waiting = hold(budget, 100);
    await expect(hold(budget, 100).done).rejects.toMatchObject({ code: 'OVERLOADED', retryAfterSeconds: 1 });
    running.end();
    waiting.end();
    await Promise.all([running.done, waiting.done]);
  });

  test('gives back what failed, and forgets who stopped waiting', async () => {
    const budget = roomFor({ pixels: 100 });
    await expect(
      budget.with({ pixels: 100, owner: 'somebody' }, () => Promise.reject(new Error('failed'))),
    ).rejects.toThrow('failed');
    const running = hold(budget, 50);
    const controller = new AbortController();
    const gone = hold(budget, 100, controller.signal);
    const behind = hold(budget, 50);
    await settle();
    expect(behind.state.running).toBe(false);
    controller.abort(new Error('gone'));
    await expect(gone.done).rejects.toThrow('gone');
    await settle();
    expect(behind.state.running).toBe(true);
    running.end();
    behind.end();
    await Promise.all([running.done, behind.done]);
  });
});
