import { parentPort } from 'node:worker_threads';
import type { BridgeAnswer, BridgeRequest } from './WorkerBridge';

/** Inside a worker thread: answers each call of its `WorkerBridge` by `answer`, in order. */
export function answerCalls<Call>(answer: (call: Call) => unknown): void {
  const port = parentPort;
  if (!port) throw new Error('not a worker thread');
  port.on('message', ({ id, call }: BridgeRequest<Call>) => {
    let message: BridgeAnswer;
    try {
      message = { id, value: answer(call) };
    } catch (error) {
      message = { id, error };
    }
    port.postMessage(message);
  });
}
