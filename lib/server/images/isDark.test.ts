import { expect, test } from 'vitest';
import { bitmapOf, GROUPS, PORTRAITS, sharpOf } from '@/lib/shared/vision/testing/photos';
import { isDark } from './isDark';

test('photographs are not dark; with a twentieth of their light they are', async () => {
  for (const file of [...PORTRAITS, ...GROUPS.map(([group]) => group)]) {
    const bitmap = await bitmapOf(file);
    expect([file, isDark(bitmap)]).toEqual([file, false]);
    expect([file, isDark(await bitmapOf(sharpOf(bitmap).linear(0.05, 0)))]).toEqual([file, true]);
  }
});
