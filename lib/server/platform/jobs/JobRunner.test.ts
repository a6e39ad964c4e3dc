import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { log } from '@/lib/server/platform/log';
import { Budget, type Job } from './Job';
import { JobRunner } from './JobRunner';

let runner = new JobRunner();
afterEach(async () => {
  await runner.stop();
  runner = new JobRunner();
  vi.restoreAllMocks();
});

/** A job that counts its runs, and ends each when it is told to. */
function held({ every = 60_000, ...more }: Partial<Job> = {}) {
  const ends: (() => void)[] = [];
  const state = { runs: 0, running: 0, most: 0 };
  const job: Job<number> = {
    name: 'held',
    every,
    ...more,
    async work() {
      state.runs++;
      state.most = Math.max(state.most, ++state.running);
      await new Promise<void>((resolve) => ends.push(resolve));
      state.running--;
      return state.runs;
    },
  };
  return { job, state, end: () => ends.shift()?.() };
}

const job = (work: Job['work'], every = 5): Job => ({ name: 'test', every, work });

describe('a started job', () => {
  test('is done now, and again after the time between its runs, until the runner stops', async () => {
    let runs = 0;
    runner.start(job(async () => void runs++));
    await vi.waitFor(() => expect(runs).toBeGreaterThan(2));
    await runner.stop();
    const before = runs;
    await sleep(30);
    expect(runs).toBe(before);
  });

  test('that fails is logged, and tried again later each time, though no job waits for ever', async () => {
    const logged = vi.spyOn(log(), 'error').mockReturnValue(undefined);
    const at: number[] = [];
    runner.start(
      job(async () => {
        at.push(performance.now());
        if (at.length <= 4) throw new Error('not yet');
      }, 20),
    );
    await vi.waitFor(() => expect(at.length).toBeGreaterThanOrEqual(6), { timeout: 5_000 });
    const waits = at.slice(1).map((time, i) => time - (at[i] ?? 0));
    // 20, 40, 80 and 160 ms with up to a fifth more; then 20 again. Timers may be late, never early.
    for (const [i, least] of [20, 40, 80, 160].entries()) expect(waits[i]).toBeGreaterThan(least - 2);
    expect(logged).toHaveBeenCalledTimes(4);
    expect(logged).toHaveBeenCalledWith({ err: new Error('not yet'), job: 'test' }, expect.any(String));
  });

  test('is done at once after a hint', async () => {
    const { job, state, end } = held();
    runner.start(job);
    await vi.waitFor(() => expect(state.runs).toBe(1));
    end();
    await sleep(10);
    runner.wake('held');
    await vi.waitFor(() => expect(state.runs).toBe(2));
    end();
  });

  test('is not put off by hints that come faster than they are waited for', async () => {
    const { job, state, end } = held();
    runner.start(job);
    await vi.waitFor(() => expect(state.runs).toBe(1));
    end();
    await sleep(10);
    for (const started = performance.now(); performance.now() - started < 500 && state.runs < 2; ) {
      runner.wake('held');
      await sleep(5);
    }
    expect(state.runs).toBe(2);
    end();
  });

  test('that is given hints while it runs is done once more, and never twice at a time', async () => {
    const { job, state, end } = held();
    runner.start(job);
    await vi.waitFor(() => expect(state.runs).toBe(1));
    for (let i = 0; i < 5; i++) runner.wake('held');
    await sleep(80);
    expect(state.runs).toBe(1);
    end();
    await vi.waitFor(() => expect(state.runs).toBe(2));
    end();
    await sleep(80);
    expect(state).toMatchObject({ runs: 2, most: 1 });
  });

  test('that takes hints itself is given them while it runs, and not done again for them', async () => {
    const wake = vi.fn();
    const { job, state, end } = held({ wake });
    runner.start(job);
    await vi.waitFor(() => expect(state.runs).toBe(1));
    runner.wake('held');
    await vi.waitFor(() => expect(wake).toHaveBeenCalledOnce());
    end();
    await sleep(80);
    expect(state.runs).toBe(1);
  });
});

describe('a hint is not lost', () => {
  test('that came in a run which ended before it was passed on', async () => {
    const wake = vi.fn();
    const { job, state, end } = held({ wake });
    runner.start(job);
    await vi.waitFor(() => expect(state.runs).toBe(1));
    runner.wake('held');
    end();
    await vi.waitFor(() => expect(state.runs).toBe(2));
    expect(wake).not.toHaveBeenCalled();
    end();
  });

  test('that came in a run on request', async () => {
    const { job, state, end } = held();
    runner.start(job);
    await vi.waitFor(() => expect(state.runs).toBe(1));
    end();
    await sleep(10);
    const asked = runner.runOnce(job);
    runner.wake('held');
    end();
    await asked;
    await vi.waitFor(() => expect(state.runs).toBe(3));
    end();
  });
});

test('hints do not shorten the wait after a failure', async () => {
  vi.spyOn(log(), 'error').mockReturnValue(undefined);
  let runs = 0;
  runner.start(
    job(async () => {
      runs++;
      throw new Error('away');
    }, 400),
  );
  await vi.waitFor(() => expect(runs).toBe(1));
  for (let i = 0; i < 10; i++) {
    runner.wake('test');
    await sleep(15);
  }
  expect(runs).toBe(1);
});

describe('on request', () => {
  test('a job is done once with its budget, and nothing follows', async () => {
    let left = 0;
    const done = await runner.runOnce(
      job(async (_signal, budget) => {
        left = budget.left;
        return 'done';
      }),
      500,
    );
    expect(done).toBe('done');
    expect(left).toBeGreaterThan(400);
    expect(left).toBeLessThanOrEqual(500);
    runner.wake('test');
    await sleep(80);
  });

  test('a job whose run is about to end is done after it', async () => {
    const { job, state, end } = held();
    runner.start(job);
    await vi.waitFor(() => expect(state.runs).toBe(1));
    const asked = runner.runOnce(job);
    end();
    await vi.waitFor(() => expect(state.runs).toBe(2));
    end();
    expect(await asked).toBe(2);
    expect(state.most).toBe(1);
  });

  test('a job that is being done is left alone', async () => {
    const { job, state, end } = held();
    const first = runner.runOnce(job);
    expect(await runner.runOnce(job)).toBeNull();
    expect(await runner.runOnce(job, 0)).toBeNull();
    runner.start(job);
    await sleep(30);
    expect(state.runs).toBe(1);
    end();
    expect(await first).toBe(1);
    await vi.waitFor(() => expect(state.runs).toBe(2));
    end();
    expect(state.most).toBe(1);
  });

  test('what it throws is thrown, and it can be done again', async () => {
    const failing = job(async () => {
      throw new Error('no');
    });
    await expect(runner.runOnce(failing)).rejects.toThrow('no');
    await expect(runner.runOnce(failing)).rejects.toThrow('no');
  });
});

test('stopping aborts, waits for what is under way, and nothing begins afterwards', async () => {
  let ended = false;
  const slow = job(async (signal) => {
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    await sleep(30);
    ended = true;
  });
  runner.start(slow);
  await sleep(10);
  await runner.stop();
  expect(ended).toBe(true);
  expect(await runner.runOnce(slow)).toBeNull();
  runner.start({ ...slow, name: 'late' });
  runner.wake('late');
  await sleep(80);
});

test('a budget ends, and one without a length does not', async () => {
  const short = new Budget(5);
  expect(short.isOver).toBe(false);
  await sleep(10);
  expect(short).toMatchObject({ isOver: true, left: 0 });
  expect(new Budget()).toMatchObject({ isOver: false, left: Number.POSITIVE_INFINITY });
});
