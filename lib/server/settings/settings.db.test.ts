import { afterEach, expect, test } from 'vitest';
import { settings } from '@/db/schema';
import { describeOnEachDatabase } from '@/db/testing/testDatabases';
import { countKeptImages, eraseKeptImages } from '@/lib/server/people/samples/keptImages';
import { getPicture } from '@/lib/server/people/samples/pictures';
import { createSample } from '@/lib/server/people/samples/store';
import { someSample } from '@/lib/server/testing/sample';
import { changeSettings, currentSettings, DEFAULT_SETTINGS } from './currentSettings';

describeOnEachDatabase('settings', (database) => {
  afterEach(async () => {
    await database().delete(settings);
  });

  test('are the defaults until somebody sets one; each is kept by itself', async () => {
    expect(await currentSettings(database())).toEqual(DEFAULT_SETTINGS);
    await changeSettings(database(), { match_trust: 62.5, device_liveness: 'challenge' });
    await changeSettings(database(), { match_trust: 70, device_sync_seconds: undefined });
    expect(await currentSettings(database())).toEqual({
      ...DEFAULT_SETTINGS,
      match_trust: 70,
      device_liveness: 'challenge',
    });
  });

  test('a row that cannot be read counts as not set, and spoils no other', async () => {
    await database()
      .insert(settings)
      .values([
        { name: 'match_trust', value: 'high' },
        { name: 'store_images', value: 'everything' },
        { name: 'toString', value: 1 },
        { name: 'event_retention_days', value: 7 },
      ]);
    expect(await currentSettings(database())).toEqual({ ...DEFAULT_SETTINGS, event_retention_days: 7 });
  });

  test('what is kept of pictures follows the setting at once, and what was kept can be erased', async () => {
    const pictures = {
      crop: { mime: 'image/jpeg', bytes: Uint8Array.of(1, 2) },
      original: { mime: 'image/png', bytes: Uint8Array.of(3, 4) },
    };
    const { storeImages: _, ...sample } = someSample({ pictures });
    const enrol = async () => (await createSample(database(), sample)).faceId;
    const kept = async (faceId: number) => {
      const [crop, original] = [
        await getPicture(database(), faceId, 'crop'),
        await getPicture(database(), faceId, 'original'),
      ];
      return [crop?.mime, original?.mime];
    };
    const cropped = await enrol();
    expect(await kept(cropped)).toEqual(['image/jpeg', undefined]);
    await changeSettings(database(), { store_images: 'original' });
    const whole = await enrol();
    expect(await kept(whole)).toEqual(['image/jpeg', 'image/png']);
    await changeSettings(database(), { store_images: 'none' });
    expect(await kept(await enrol())).toEqual([undefined, undefined]);
    expect(await countKeptImages(database())).toEqual({ crop: 2, original: 1 });
    expect(await eraseKeptImages(database(), 'original')).toBe(1);
    expect(await kept(whole)).toEqual(['image/jpeg', undefined]);
    expect(await eraseKeptImages(database(), 'crop')).toBe(2);
    expect(await countKeptImages(database())).toEqual({ crop: 0, original: 0 });
  });
});
