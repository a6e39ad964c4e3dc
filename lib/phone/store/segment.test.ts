import type { FeedFace } from '@kith/sdk';
import { expect, test } from 'vitest';
import { packSegment, unpackSegment } from './segment';

const face = (faceId: number, personName: string | null): FeedFace => ({
  faceId,
  personName,
  personId: personName === null ? null : 7,
  updatedAt: 1_700_000_000_000 + faceId,
  uniqueArgs: { note: 'naïve — 顔' },
  groups: [],
  encoding: new Uint8Array(512).fill(faceId),
});

test('unpacks what was packed, for any length of names', () => {
  for (const names of [[], ['A'], ['Ada', null, 'Zoë 🙂'], ['ab'], ['abc'], ['abcd']]) {
    const faces = names.map((name, i) => face(i + 1, name));
    const unpacked = unpackSegment(packSegment(faces));
    expect(unpacked).toEqual(faces);
    for (const { encoding } of unpacked) expect(encoding.byteOffset % 4).toBe(0);
  }
});
