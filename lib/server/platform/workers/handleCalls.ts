import { parentPort } from 'node:worker_threads';
import type { BridgeAnswer, BridgeRequest } from './WorkerBridge';

/** Inside a worker thread: handles each call of its `WorkerBridge` with `handle`, in order. */
export function handleCalls<Call>(handle: (call: Call) => unknown): void {
  const port = parentPort;
  if (!port) throw new Error('not a worker thread');
  port.on('message', ({ id, call }: BridgeRequest<Call>) => {
    let message: BridgeAnswer;
    try {
      message = { id, value: handle(call) };
    } catch (error) {
      message = { id, error };
    }
    port.postMessage(message);
  });
}
