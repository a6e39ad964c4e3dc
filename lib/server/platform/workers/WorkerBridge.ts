import type { TransferListItem, Worker } from 'node:worker_threads';

/** What goes to a worker. */
export interface BridgeRequest<Call> {
  id: number;
  call: Call;
}

/** What comes back. */
export type BridgeAnswer = { id: number; value: unknown } | { id: number; error: unknown };

/** The worker ended with calls unanswered. */
export class WorkerEnded extends Error {
  override readonly name = 'WorkerEnded';
}

/**
 * Calls to one worker thread, which are answered in any order. The thread keeps the process alive only while calls are
 * unanswered. A thread that ends, for whatever reason, fails what it left and every later call with {@link WorkerEnded};
 * whoever holds the bridge decides whether to start another.
 */
export class WorkerBridge<Call> {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: unknown) => void }>();
  #lastId = 0;
  #ended: WorkerEnded | null = null;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.unref();
    worker.on('message', (answer: BridgeAnswer) => this.#settle(answer));
    worker.on('error', (cause) => this.#end(new WorkerEnded('the worker thread failed', { cause })));
    worker.on('exit', (code) => this.#end(new WorkerEnded(`the worker thread ended (${code})`)));
  }

  get ended(): boolean {
    return this.#ended !== null;
  }

  /** What the worker answers is taken to be a `T`: both ends are ours and share their types. */
  call<T>(call: Call, transfer: readonly TransferListItem[] = []): Promise<T> {
    if (this.#ended) return Promise.reject(this.#ended);
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
      this.#worker.ref();
      this.#worker.postMessage({ id, call } satisfies BridgeRequest<Call>, transfer);
    });
  }

  /** Ends the thread at once. */
  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #settle(answer: BridgeAnswer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (this.#waiting.size === 0) this.#worker.unref();
    if ('error' in answer) waiting?.reject(answer.error);
    else waiting?.resolve(answer.value);
  }

  #end(ended: WorkerEnded): void {
    this.#ended ??= ended;
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }
}
