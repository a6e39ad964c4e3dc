import { setTimeout as sleep } from 'node:timers/promises';
import { log } from '@/lib/server/platform/log';
import { processWide } from '@/lib/server/platform/processWide';
import { backOff } from './backOff';
import { Budget, type Job } from './Job';

/** Delay after a hint in ms, because the transaction that made something due has yet to commit. */
const AFTER_HINT_MS = 50;
/** Longest wait after a failure, in ms. Each failure doubles the wait. */
const LONGEST_WAIT_MS = 10_000;

/** How long a caller waits for the run under way, in ms. */
const PATIENCE_MS = 1_000;

interface State {
  job: Job;
  /** The run under way. It never rejects. */
  running: Promise<void> | null;
  /** A hint came during it. */
  again: boolean;
  /** Failed runs in a row. */
  failures: number;
  /** Timer of the next run. Absent for a job that was not started. */
  timer: NodeJS.Timeout | undefined;
  /** Time of the next run, by `performance.now()`. */
  dueAt: number;
}

/** Runs jobs, each once at a time: by time and by hint after they are started, or on request. */
export class JobRunner {
  readonly #states = new Map<string, State>();
  readonly #stop = new AbortController();

  /** Starts a job: runs it now and from now on. Failures are logged and retried. */
  start(job: Job): void {
    const state = this.#stateOf(job);
    if (this.#stop.signal.aborted || state.timer !== undefined) return;
    state.job = job;
    this.#schedule(state, 0);
  }

  /** Says that a job may have something due. It is a hint: a job that was not started ignores it. */
  wake(name: string): void {
    const state = this.#states.get(name);
    if (state?.timer === undefined) return;
    if (!state.running) this.#hurry(state);
    else if (state.job.wake) setTimeout(() => this.#tell(state), AFTER_HINT_MS).unref();
    else state.again = true;
  }

  /** Passes a hint to the run under way. If it has ended by then, another run follows. */
  #tell(state: State): void {
    if (state.running) state.job.wake?.();
    else this.#hurry(state);
  }

  /**
   * Runs a job once, within a budget in milliseconds. It waits briefly for a run under way. Returns null if that
   * continues, or after a stop. Rejects with the error of `work`.
   */
  async runOnce<Result>(job: Job<Result>, budgetMs?: number): Promise<Result | null> {
    const state = this.#stateOf(job);
    if (state.running) {
      const patience = Math.min(PATIENCE_MS, budgetMs ?? PATIENCE_MS);
      await Promise.race([state.running, sleep(patience, undefined, { ref: false })]);
    }
    if (state.running || this.#stop.signal.aborted) return null;
    // Returns the object of a started job that receives hints.
    const known = state.timer === undefined ? job : (state.job as Job<Result>);
    try {
      return await this.#run(state, () => known.work(this.#stop.signal, new Budget(budgetMs)));
    } finally {
      if (state.again && state.timer !== undefined) {
        state.again = false;
        this.#hurry(state);
      }
    }
  }

  /** Starts no further run, and waits for the runs under way. */
  async stop(): Promise<void> {
    this.#stop.abort();
    for (const { timer } of this.#states.values()) clearTimeout(timer);
    await Promise.all([...this.#states.values()].map(({ running }) => running));
  }

  #stateOf(job: Job): State {
    const known = this.#states.get(job.name);
    if (known) return known;
    const state: State = { job, running: null, again: false, failures: 0, timer: undefined, dueAt: 0 };
    this.#states.set(job.name, state);
    return state;
  }

  /**
   * An earlier run is not postponed, since hints may come faster than the delay. As it may be too early for this hint,
   * another one follows. After a failure, hints do not shorten the wait.
   */
  #hurry(state: State): void {
    if (this.#stop.signal.aborted || state.failures > 0) return;
    if (state.dueAt > performance.now() + AFTER_HINT_MS) this.#schedule(state, AFTER_HINT_MS);
    else state.again = true;
  }

  #schedule(state: State, waitMs: number): void {
    clearTimeout(state.timer);
    state.dueAt = performance.now() + waitMs;
    state.timer = setTimeout(() => void this.#tick(state), waitMs).unref();
  }

  async #tick(state: State): Promise<void> {
    // Somebody requested it in the meantime, and does the same work.
    while (state.running) await state.running;
    if (this.#stop.signal.aborted) return;
    const { job } = state;
    try {
      await this.#run(state, () => job.work(this.#stop.signal, new Budget()));
      state.failures = 0;
    } catch (err) {
      state.failures++;
      log().error({ err, job: job.name }, 'a job failed, and is tried again');
    }
    if (this.#stop.signal.aborted) return;
    const { again, failures } = state;
    state.again = false;
    if (again && failures === 0) this.#schedule(state, AFTER_HINT_MS);
    else if (failures === 0) this.#schedule(state, job.every);
    else this.#schedule(state, waitAfter(failures, job.every));
  }

  async #run<Result>(state: State, work: () => Promise<Result>): Promise<Result> {
    const result = work();
    const ended = result.then(
      () => undefined,
      () => undefined,
    );
    state.running = ended;
    try {
      return await result;
    } finally {
      state.running = null;
    }
  }
}

const waitAfter = (failures: number, every: number): number =>
  backOff(failures, { first: every, growth: 2, longest: Math.max(every, LONGEST_WAIT_MS) });

/** The runner of this process. */
export const jobRunner = (): JobRunner => processWide('jobRunner', () => new JobRunner());
