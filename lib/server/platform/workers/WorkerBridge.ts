import type { TransferListItem, Worker } from 'node:worker_threads';

/** A request to a worker. */
export interface BridgeRequest<Call> {
  id: number;
  call: Call;
}

/** A worker's response. */
export type BridgeAnswer = { id: number; value: unknown } | { id: number; error: unknown };

/** The worker ended before it responded. */
export class WorkerEnded extends Error {
  override readonly name = 'WorkerEnded';
}

/**
 * Sends calls to one worker thread; responses may come in any order. The thread keeps the process alive only while
 * calls are pending. When it ends, for any reason, all pending and later calls reject with {@link WorkerEnded}; the
 * owner of the bridge decides whether to start another thread.
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

  /** The response is assumed to be a `T`: both ends are ours and share their types. */
  call<T>(call: Call, transfer: readonly TransferListItem[] = []): Promise<T> {
    if (this.#ended) return Promise.reject(this.#ended);
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
      this.#worker.ref();
      this.#worker.postMessage({ id, call } satisfies BridgeRequest<Call>, transfer);
    });
  }

  /** Terminates the thread immediately. */
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
