import { describe, expect, test } from 'vitest';
import { encodingToBytes } from '../encoding.ts';
import { randomEncoding, seededRandom } from '../testing/encodings.ts';
import { decodeFeedPage, encodeFeedPage, FeedFormatError } from './binary.ts';
import type { FeedPage } from './types.ts';

const given = ['Amina', 'Björn', 'Chen', 'Dolores', 'Emeka', 'Fatima', 'Giulia', 'Hiroshi', 'Ines', 'Jānis'];
const family = ['Okafor', 'Söderberg', 'Wang', 'García', 'Nowak', 'Haddad', 'Rossi', 'Tanaka', 'Silva', 'Bērziņš'];

/** A page as a server returns it: each person with two samples, an external id, a name and a picture URL. */
function page(count: number): FeedPage {
  const random = seededRandom(5);
  const pick = (list: string[]) => list[Math.floor(random() * list.length)];
  let name = '';
  return {
    faces: Array.from({ length: count }, (_, i) => {
      const personId = Math.floor(i / 2) + 1;
      if (i % 2 === 0) name = `${pick(given)} ${pick(family)}`;
      const user = `emp-${Math.floor(seededRandom(personId)() * 1e6)}`;
      return {
        faceId: 1000 + i,
        encoding: encodingToBytes(randomEncoding(random)),
        updatedAt: 1.78e12 + i * 40 + Math.floor(random() * 40),
        uniqueArgs: { user_id: user, user_name: name, department: i % 3 ? 'Assembly' : 'Office' },
        personId,
        personName: name,
        groups: i % 3 ? ['Assembly', 'Night'] : [],
      };
    }),
    deleted: [{ faceId: 999, updatedAt: 1.78e12 - 1 }],
    lastUpdatedAt: 1.78e12 + count * 40,
    hasMore: true,
    model: 'dlib-resnet-v1/mesh-1',
    reset: false,
  };
}

describe('the binary feed', () => {
  test.each([0, 1, 2, 1000])('%i faces round-trip', async (count) => {
    expect(await decodeFeedPage(await encodeFeedPage(page(count)))).toEqual(page(count));
  });

  test('takes at most 560 bytes a face, ids, names and attributes included', async () => {
    for (const count of [1000, 10_000]) expect((await encodeFeedPage(page(count))).length / count).toBeLessThan(560);
  });

  test('detects truncation at any byte', async () => {
    const bytes = await encodeFeedPage(page(3));
    for (let length = 0; length < bytes.length; length += 7) {
      await expect(decodeFeedPage(bytes.slice(0, length))).rejects.toThrow(FeedFormatError);
    }
  });

  test('rejects other data', async () => {
    const json = new TextEncoder().encode('{"faces":[]}');
    await expect(decodeFeedPage(json)).rejects.toThrow('not the binary feed');
  });
});
