import { Worker } from 'node:worker_threads';
import { workerOptions } from '@/lib/server/platform/workers/workerOptions';
import type { DescribeJob, DetectJob, Job, JobAnswer, JobResults } from './job';
import { refuseTelemetry } from './refuseTelemetry';

/** Time limit of one job, ms. Jobs take less than a second; a thread that takes longer is terminated. */
const JOB_MS = 60_000;

/** The thread ended, or was terminated, before its job was done. */
export class ThreadLost extends Error {
  override readonly name = 'ThreadLost';
}

/** By its name, because each bundle has its own copy of the class. */
export const isThreadLost = (error: unknown): boolean => error instanceof Error && error.name === 'ThreadLost';

interface Waiting {
  job: Job;
  transfer: ArrayBuffer[];
  resolve: (result: never) => void;
  reject: (error: Error) => void;
}

interface Thread {
  worker: Worker;
  busy: Waiting | null;
  /** Timer that ends the job after its time limit. */
  deadline: NodeJS.Timeout | undefined;
}

/** Worker threads that share one queue of jobs, in order of arrival. A thread that dies fails only its own job. */
export class InferencePool {
  private readonly threads: Thread[] = [];
  private readonly queue: Waiting[] = [];
  private nextId = 1;
  private closed = false;

  private constructor(
    private readonly folder: string,
    readonly size: number,
    private readonly jobMs: number,
  ) {}

  /**
   * Starts `size` threads and waits until each has loaded its networks from `folder`.
   * @param options.jobMs time limit of one job, ms
   * @throws Error if a thread cannot start
   */
  static async start(options: { folder: string; size: number; jobMs?: number }): Promise<InferencePool> {
    const { folder, size, jobMs = JOB_MS } = options;
    refuseTelemetry();
    const pool = new InferencePool(folder, size, jobMs);
    try {
      await Promise.all(Array.from({ length: size }, () => pool.addThread()));
    } catch (error) {
      await pool.close();
      throw error;
    }
    return pool;
  }

  get waiting(): number {
    return this.queue.length;
  }

  get running(): number {
    return this.threads.filter(({ busy }) => busy).length;
  }

  run(job: DetectJob, transfer?: ArrayBuffer[]): Promise<JobResults['detect']>;
  run(job: DescribeJob, transfer?: ArrayBuffer[]): Promise<JobResults['describe']>;
  run(job: DetectJob | DescribeJob, transfer: ArrayBuffer[] = []): Promise<unknown> {
    if (this.closed) return Promise.reject(new Error('the inference pool is closed'));
    return new Promise((resolve, reject) => {
      this.queue.push({ job: { ...job, id: this.nextId++ }, transfer, resolve, reject });
      this.dispatch();
    });
  }

  /** Terminates the threads; running and queued jobs reject. */
  async close(): Promise<void> {
    this.closed = true;
    for (const { reject } of this.queue.splice(0)) reject(new Error('the inference pool is closed'));
    await Promise.all(this.threads.splice(0).map(({ worker }) => worker.terminate()));
  }

  private dispatch(): void {
    for (const thread of this.threads) {
      if (thread.busy) continue;
      const next = this.queue.shift();
      if (!next) return;
      thread.busy = next;
      thread.deadline = setTimeout(() => {
        this.lose(thread, new ThreadLost(`a job took longer than ${this.jobMs} ms`));
        // Not awaited: native code does not stop at once.
        void thread.worker.terminate();
      }, this.jobMs).unref();
      // Only a busy thread keeps the process alive.
      thread.worker.ref();
      thread.worker.postMessage(next.job, next.transfer);
    }
  }

  private addThread(): Promise<void> {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: { folder: this.folder },
      ...workerOptions(import.meta.url),
    });
    const thread: Thread = { worker, busy: null, deadline: undefined };
    return new Promise((resolve, reject) => {
      let loaded = false;
      const settle = (answer: JobAnswer) => {
        const { busy } = thread;
        thread.busy = null;
        clearTimeout(thread.deadline);
        worker.unref();
        if (answer.ok) busy?.resolve(answer.result as never);
        else busy?.reject(Object.assign(new Error(answer.message), { name: answer.name }));
        this.dispatch();
      };
      worker.on('message', (answer: JobAnswer) => {
        if (answer.id !== 0) return settle(answer);
        if (!answer.ok) return reject(Object.assign(new Error(answer.message), { name: answer.name }));
        loaded = true;
        worker.unref();
        this.threads.push(thread);
        this.dispatch();
        resolve();
      });
      worker.on('error', (error) => {
        reject(error);
        this.lose(thread, new ThreadLost('an inference thread failed', { cause: error }));
      });
      worker.on('exit', (code) => {
        const error = new ThreadLost(`an inference thread ended with code ${code}`);
        reject(error);
        if (loaded) this.lose(thread, error);
      });
    });
  }

  /** Rejects the job of a lost thread and starts a replacement. */
  private lose(thread: Thread, error: Error): void {
    const index = this.threads.indexOf(thread);
    if (index < 0) return;
    this.threads.splice(index, 1);
    clearTimeout(thread.deadline);
    thread.busy?.reject(error);
    thread.busy = null;
    if (this.closed) return;
    this.addThread().catch((cause: unknown) => {
      // Without threads, the queued jobs would never run.
      if (this.threads.length > 0) return;
      for (const { reject } of this.queue.splice(0)) reject(new Error('no inference thread is left', { cause }));
    });
  }
}
