import { expect, test } from 'vitest';
import { syncFaces } from '@/lib/shared/contract/feed';
import { feedJson } from './feedJson';
import type { FeedPage } from './readFeed';

const page = (faces: number): FeedPage => ({
  faces: Array.from({ length: faces }, (_, i) => ({
    faceId: i + 1,
    encoding: new Uint8Array(512).fill(i % 256),
    updatedAt: 1_000 + i,
    uniqueArgs: { note: `"${i}" 🙂` },
    personId: i % 2 ? i : null,
    personName: i % 2 ? `Person ${i}` : null,
    groups: i % 2 ? ['Night shift'] : [],
    groupIds: i % 2 ? [7] : [],
  })),
  deleted: [{ faceId: 99_999, updatedAt: 5_000 }],
  lastUpdatedAt: 5_000,
  hasMore: false,
  model: 'a-model',
  reset: false,
  lineage: '6f0c3f5e-2a54-4c5b-9a43-0e1d3a4f5b6c',
});

test.each([0, 1, 499, 500, 501, 1_234])('a page of %i faces matches the contract', async (count) => {
  const answer = syncFaces.answer.parse(JSON.parse(await new Response(feedJson(page(count))).text()));
  expect(answer.faces).toHaveLength(count);
  expect(answer.lineage).toBe(page(0).lineage);
  expect(answer).not.toHaveProperty('checksum');
  expect(answer.deleted).toEqual([{ faceId: 99_999, updatedAt: 5_000 }]);
  for (const [i, face] of answer.faces.entries()) {
    expect(face).toMatchObject({ faceId: i + 1, uniqueArgs: { note: `"${i}" 🙂` }, personId: i % 2 ? i : null });
    expect(Buffer.from(face.faceEncoding, 'base64').equals(Buffer.alloc(512, i % 256))).toBe(true);
  }
});
