import type { Bitmap } from '@/lib/shared/vision/types';
import { type FfmpegInput, readLivePictures } from './readFrames';
import { isSnapshot, readSnapshots } from './snapshots';

/** Returns a function that opens a live source once: a stream, a camera, or an address that returns single pictures. */
export function connectTo(
  { input, inputArguments, stdin }: FfmpegInput,
  every: number,
): (signal: AbortSignal) => AsyncGenerator<Bitmap> {
  // Checked until a connection has given a picture, because some cameras serve one client at a time.
  let kind: 'snapshot' | 'stream' | null = /^https?:/i.test(input) ? null : 'stream';
  return async function* connect(signal) {
    const isPicture = kind === null ? await isSnapshot(input, signal) : kind === 'snapshot';
    const pictures = isPicture
      ? readSnapshots(input, every, signal)
      : readLivePictures({ input, every, signal, ...(inputArguments && { inputArguments }), ...(stdin && { stdin }) });
    for await (const picture of pictures) {
      kind = isPicture ? 'snapshot' : 'stream';
      yield picture;
    }
  };
}
