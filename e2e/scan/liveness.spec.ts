import { changeDevice } from '../../lib/contract/devices';
import { enrolFace } from '../../lib/contract/faces';
import { filmStill } from '../fixtures/films';
import { expect, test } from './phone';

test.setTimeout(180_000);

/** The man of both films, enrolled from another moment than they show. */
async function enrolHim(client: import('../fixtures/client').Client): Promise<void> {
  const image_url = `data:image/jpeg;base64,${(await filmStill('alive', 3)).toString('base64')}`;
  const { status, body } = await client.call(enrolFace, {
    fields: { image_url, unique_args: { user_id: 'audun', user_name: 'Audun' } },
  });
  expect(status, JSON.stringify(body)).toBe(200);
}

test('a living person meets the challenge and is named', async ({ desk, client, openPhone }) => {
  await enrolHim(client);
  const { pairing_url, device_id } = await desk.device({ name: 'Challenge', liveness: 'challenge' });
  const phone = await openPhone({ film: 'alive' });
  await phone.page.goto(pairing_url);
  await expect(phone.get('result')).toHaveAttribute('data-kind', 'prove', { timeout: 45_000 });
  await expect(phone.get('result')).toHaveText(/Please blink|Turn your head (left|right)/);
  await expect(phone.recognition).toHaveText('Audun', { timeout: 60_000 });
  await expect.poll(async () => (await desk.events({ device_id })).map(({ liveness }) => liveness)).toEqual(['passed']);
});

test('a photo of him held before the camera does not', async ({ desk, client, openPhone }) => {
  await enrolHim(client);
  const { pairing_url, device_id } = await desk.device({ name: 'Photo', liveness: 'challenge' });
  const phone = await openPhone({ film: 'heldPhoto' });
  await phone.page.goto(pairing_url);
  await expect(phone.get('result')).toHaveAttribute('data-kind', 'prove', { timeout: 45_000 });
  // Every challenge has its turn several times in this while.
  const until = Date.now() + 45_000;
  while (Date.now() < until) {
    expect(await phone.recognition.textContent()).toBe('');
    await phone.page.waitForTimeout(250);
  }
  expect(await desk.events({ device_id })).toEqual([]);

  // Without the check he is recognised: it was the check that kept the photo out.
  await client.call(changeDevice, { params: { device_id }, fields: { liveness: 'off' } });
  await phone.page.evaluate(() => window.kithScan?.syncNow());
  await phone.recognises('Audun');
});

test('the passive check lets a living person in, and keeps a photo out', async ({ desk, client, openPhone }) => {
  await enrolHim(client);
  const living = await desk.device({ name: 'Passive', liveness: 'passive' });
  const phone = await openPhone({ film: 'alive' });
  await phone.page.goto(living.pairing_url);
  await phone.recognises('Audun');
  const liveness = async () => (await desk.events({ device_id: living.device_id })).map((event) => event.liveness);
  await expect.poll(liveness).toEqual(['passed']);

  await phone.restart({ film: 'heldPhoto' });
  await phone.page.goto(new URL('/scan', living.pairing_url).href);
  await expect(phone.get('result')).toHaveAttribute('data-kind', 'not-alive', { timeout: 60_000 });
  await expect(phone.get('result')).toContainText('Not accepted');
  await expect(phone.recognition).toHaveText('');
});
