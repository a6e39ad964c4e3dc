/// <reference lib="webworker" />
import { chooseBackend } from './backend';
import { Pipeline } from './pipeline';
import type { FromWorker, ToWorker } from './protocol';

declare const self: DedicatedWorkerGlobalScope;

let pipeline: Pipeline | null = null;
let reader: ReadableStreamDefaultReader<VideoFrame> | null = null;

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  handle(data).catch((cause: unknown) => {
    post({ type: 'failed', message: cause instanceof Error ? cause.message : String(cause) });
  });
};

async function handle(message: ToWorker): Promise<void> {
  switch (message.type) {
    case 'start': {
      const before = performance.now();
      const choice = await chooseBackend(message.remembered);
      pipeline = await Pipeline.load(() => ({ identity: null, trust: 0 }));
      await pipeline.warmUp();
      post({ type: 'ready', choice, loadedMs: performance.now() - before });
      break;
    }
    case 'stream':
      await follow(message.readable);
      break;
    case 'picture':
      await see(message.picture, message.at);
      break;
    case 'stop':
      await reader?.cancel();
      reader = null;
      break;
  }
}

/** Reads frames until the track ends. The processor keeps only the newest one, so a slow device drops, never queues. */
async function follow(readable: ReadableStream<VideoFrame>): Promise<void> {
  await reader?.cancel();
  const current = readable.getReader();
  reader = current;
  for (;;) {
    const { value: frame, done } = await current.read();
    if (done) break;
    await see(frame, performance.now());
  }
}

async function see(frame: ImageBitmap | VideoFrame, at: number): Promise<void> {
  try {
    if (pipeline) post(await pipeline.see(frame, at));
  } finally {
    frame.close();
  }
}

function post(message: FromWorker): void {
  self.postMessage(message);
}
