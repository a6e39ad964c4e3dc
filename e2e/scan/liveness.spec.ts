import { changeDevice } from '@/lib/shared/contract/devices';
import { expect, type Phone, test } from './phone';

test.setTimeout(180_000);

/** A challenge lasts six seconds before another one is drawn. */
const FOUR_CHALLENGES_MS = 24_000;

test('a living person meets the challenge and is named', async ({ desk, openPhone }) => {
  await desk.enrolAudun();
  const { pairing_url, device_id } = await desk.device({ name: 'Challenge', liveness: 'challenge' });
  const phone = await openPhone({ film: 'alive' });
  await phone.page.goto(pairing_url);
  await expect(phone.get('result')).toHaveAttribute('data-kind', 'prove', { timeout: 45_000 });
  await expect(phone.get('result')).toHaveText(/Please blink|Turn your head (left|right)/);
  await expect(phone.recognition).toHaveText('Audun', { timeout: 60_000 });
  await expect.poll(async () => (await desk.events({ device_id })).map(({ liveness }) => liveness)).toEqual(['passed']);
});

test('a photo of him held before the camera does not', async ({ desk, client, openPhone }) => {
  await desk.enrolAudun();
  const { pairing_url, device_id } = await desk.device({ name: 'Photo', liveness: 'challenge' });
  const phone = await openPhone({ film: 'heldPhoto' });
  await phone.page.goto(pairing_url);
  await expect(phone.get('result')).toHaveAttribute('data-kind', 'prove', { timeout: 45_000 });
  const states = (await whoShowed(phone, FOUR_CHALLENGES_MS)).map((seen) => seen.split(' ').at(-1));
  expect(states).toContain('checking');
  expect(states).not.toContain('passed');
  await expect(phone.recognition).toHaveText('');
  expect(await desk.events({ device_id })).toEqual([]);

  // Without the check, he is recognised, so it was the check that refused the photo.
  const change = async (liveness: 'off' | 'challenge') => {
    await client.call(changeDevice, { params: { device_id }, fields: { liveness } });
    await phone.page.evaluate(() => window.kithScan?.syncNow());
  };
  await change('off');
  await phone.recognises('Audun');
  await change('challenge');
  await expect(phone.get('result')).toHaveAttribute('data-kind', 'prove');
  await expect(phone.recognition).toHaveText('');
  await expect(phone.get('connection'), 'still paired').toHaveText('Online');
});

test('the passive check lets a living person in, and keeps a photo out', async ({ desk, openPhone }) => {
  await desk.enrolAudun();
  const living = await desk.device({ name: 'Passive', liveness: 'passive' });
  const phone = await openPhone({ film: 'alive' });
  await phone.page.goto(living.pairing_url);
  await phone.recognises('Audun');
  const liveness = async () => (await desk.events({ device_id: living.device_id })).map((event) => event.liveness);
  await expect.poll(liveness).toEqual(['passed']);

  await phone.restart({ film: 'heldPhoto' });
  await phone.page.goto(new URL('/scan', living.pairing_url).href);
  await expect(phone.get('result')).toHaveAttribute('data-kind', 'not-alive', { timeout: 60_000 });
  await expect(phone.get('result')).toContainText('Liveness check failed');
  await expect(phone.recognition).toHaveText('');
});

for (const liveness of ['passive', 'challenge'] as const) {
  test(`what one person has shown does not count for a picture of another: ${liveness}`, async ({
    desk,
    openPhone,
  }) => {
    test.setTimeout(240_000);
    await desk.enrolFranck();
    const { pairing_url, device_id } = await desk.device({ name: `Swap ${liveness}`, liveness });
    const phone = await openPhone({ film: 'swaps' });
    await phone.page.goto(pairing_url);
    await phone.isWarm();
    const seen = await whoShowed(phone, THREE_SWAPS_MS);
    // The other man passes, and a picture of Franck takes his place. This confirms that the film shows the intended
    // case.
    expect(seen).toContain('other passed');
    expect(seen).toContain('Franck checking');
    expect(seen).not.toContain('Franck passed');
    const ofFranck = (await desk.events({ device_id })).filter(({ person }) => person?.name === 'Franck Durand');
    expect(ofFranck.map((event) => event.liveness)).not.toContain('passed');
  });
}

/** Long enough for the film, and for a part of it again in case the first round missed something. */
const THREE_SWAPS_MS = 50_000;

/**
 * Returns who was seen, and the state of the check, in the frames of this many milliseconds: `Franck …`, or `other …`
 * for everybody else, known or not.
 */
function whoShowed({ page }: Phone, milliseconds: number): Promise<string[]> {
  return page.evaluate(
    (wanted) =>
      new Promise<string[]>((resolve) => {
        const seen = new Set<string>();
        const began = performance.now();
        const stop = window.kithScan?.onFrame(({ faces }) => {
          for (const { label, liveness } of faces) {
            const isFranck = label.kind === 'known' && label.identity.name === 'Franck Durand';
            seen.add(`${isFranck ? 'Franck' : 'other'} ${liveness.kind}`);
          }
          if (performance.now() - began < wanted) return;
          stop?.();
          resolve([...seen]);
        });
      }),
    milliseconds,
  );
}
