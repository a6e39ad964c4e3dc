import { createHash } from 'node:crypto';
import { encodingToBase64 } from '@kith/sdk';
import { FORMAT_VERSION, noCounts, writeLine } from '@/lib/shared/transfer/format';
import { MODEL_ID } from '@/lib/shared/vision/types';

/** An encoding of dlib's network that another program made, with its person's name. */
export interface NamedEncoding {
  name: string;
  /** 128 finite numbers. */
  encoding: Float32Array;
}

/**
 * Returns the encodings as a file that a server imports. The key of each sample is derived from encoding and name, so
 * that a longer list later adds only new ones.
 */
export function kithFileOf(origin: string, encodings: readonly NamedEncoding[]): string {
  const samples = encodings.map(({ name, encoding }) => {
    const face_encoding = encodingToBase64(encoding);
    const key = createHash('sha256').update(`${face_encoding}\n${name}`).digest('hex');
    return { type: 'sample', key, model: MODEL_ID, face_encoding, unique_args: { user_name: name } } as const;
  });
  const contains = { ...noCounts(), samples: samples.length };
  return [
    { type: 'kith', version: FORMAT_VERSION, origin, model: MODEL_ID, contains } as const,
    ...samples,
    { type: 'end', contains } as const,
  ]
    .map(writeLine)
    .join('');
}
