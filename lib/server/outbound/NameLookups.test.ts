import type { LookupAddress } from 'node:dns';
import { expect, test } from 'vitest';
import { NameLookups } from './NameLookups';

const ADDRESS: LookupAddress[] = [{ address: '192.0.2.1', family: 4 }];
const { signal } = new AbortController();

/** Names that begin with `slow` are answered when the test says so, all others at once. */
function resolver() {
  const asked: string[] = [];
  const slow: (() => void)[] = [];
  const lookups = new NameLookups(async (hostname) => {
    asked.push(hostname);
    if (hostname.startsWith('slow')) await new Promise<void>((resolve) => slow.push(resolve));
    if (hostname.startsWith('none')) throw new Error('ENOTFOUND');
    return ADDRESS;
  });
  const find = (owner: string, hostname: string, timeoutMs = 5_000) =>
    lookups.find({ hostname, owner, timeoutMs, signal });
  return { asked, slow, find };
}

test('an owner of slow names holds up nobody else', async () => {
  const { asked, slow, find } = resolver();
  const waiting = Array.from({ length: 50 }, (_, i) => find('a', `slow-${i}`, 100).catch((error: Error) => error));
  expect(await find('b', 'quick-1')).toEqual(ADDRESS);
  expect(await find('b', 'quick-2')).toEqual(ADDRESS);
  expect(asked).toEqual(['slow-0', 'quick-1', 'quick-2']);
  const begun = (await Promise.all(waiting)).map((error) => (error as { begun?: boolean }).begun);
  expect(begun).toEqual([true, ...Array(49).fill(false)]);
  // Those that were given up are not asked for when their turn comes.
  for (const answer of slow) answer();
  expect(await find('a', 'quick-3')).toEqual(ADDRESS);
  expect(asked.slice(3)).toEqual(['quick-3']);
});

test('a name asked for by many of one owner is one question', async () => {
  const { asked, slow, find } = resolver();
  const many = Array.from({ length: 20 }, () => find('a', 'slow'));
  await expect.poll(() => slow.length).toBe(1);
  slow[0]?.();
  expect(await Promise.all(many)).toEqual(Array(20).fill(ADDRESS));
  expect(asked).toEqual(['slow']);
});

test('what the system says of a name is told, and the next question asked', async () => {
  const { find } = resolver();
  await expect(find('a', 'none')).rejects.toThrow('ENOTFOUND');
  expect(await find('a', 'quick')).toEqual(ADDRESS);
});
