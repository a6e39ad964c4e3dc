import { expect, test } from './phone';

test.setTimeout(240_000);

test('with the server gone, a cold start names the man in the film; when it is back, each recognition is there once', async ({
  kith,
  desk,
  openPhone,
}) => {
  const franck = await desk.enrolFranck();
  const audun = await desk.enrolAudun();
  const { pairing_url, device_id } = await desk.device();
  const phone = await openPhone({ film: 'franck' });

  await phone.page.goto(pairing_url);
  await phone.recognises('Franck Durand');
  await phone.isReadyForOffline();
  expect(phone.page.url(), 'the code is taken off the address').not.toContain('pair');
  await expect.poll(async () => (await desk.events()).length).toBe(1);

  await kith.server.kill();
  await phone.page.reload();
  await phone.recognises('Franck Durand');
  await expect(phone.get('connection')).toHaveText('Offline');

  await phone.restart();
  await phone.page.goto(`${kith.url}/scan`);
  await phone.recognises('Franck Durand');
  await expect(phone.get('connection')).toHaveText('Offline');
  // Another person is recognised, while no server is reachable.
  await phone.restart({ film: 'alive' });
  await phone.page.goto(`${kith.url}/scan`);
  await phone.recognises('Audun');
  await expect(phone.get('waiting')).toContainText('waiting');
  await phone.page.reload();
  await phone.recognises('Audun');
  const kept = await phone.page.evaluate(() => window.kithScan?.state.recent.length);
  expect(kept).toBeGreaterThan(1);

  await kith.restart();
  await phone.page.evaluate(() => dispatchEvent(new Event('online')));
  await expect(phone.get('connection')).toHaveText('Online', { timeout: 30_000 });
  await expect.poll(() => phone.page.evaluate(() => window.kithScan?.state.waiting)).toBe(0);
  const events = await desk.events();
  expect(events).toHaveLength(kept ?? -1);
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  const people = new Set([franck, audun].map(({ person }) => person.person_id));
  expect(new Set(events.map(({ person }) => person?.person_id))).toEqual(people);
  for (const event of events) expect(event.device).toMatchObject({ device_id });
});

test('recognitions written down while the answer is lost are sent again and kept once', async ({
  kith,
  desk,
  openPhone,
}) => {
  await desk.enrolFranck();
  const { device_id, pairing_url } = await desk.device({ name: 'Lossy' });
  const phone = await openPhone({ film: 'franck' });
  let lost = 0;
  // The server stores them, but its response is lost.
  await phone.context.route('**/api/events', async (route) => {
    if (lost >= 2) return route.continue();
    lost += 1;
    await route.fetch();
    await route.abort('connectionreset');
  });
  await phone.page.goto(pairing_url);
  await phone.recognises('Franck Durand');
  await expect.poll(() => lost, { timeout: 30_000 }).toBeGreaterThan(0);
  await phone.page.reload();
  await expect.poll(async () => (await desk.events({ device_id })).length, { timeout: 30_000 }).toBeGreaterThan(0);
  // After the reload, the list is read again. Until then, the page does not know of waiting recognitions.
  await expect
    .poll(() => phone.page.evaluate(() => window.kithScan?.state.recent.map(({ waiting }) => waiting)), {
      timeout: 60_000,
    })
    .toEqual(expect.arrayContaining([false]));
  await expect.poll(() => phone.page.evaluate(() => window.kithScan?.state.waiting), { timeout: 60_000 }).toBe(0);
  const kept = await phone.page.evaluate(() => window.kithScan?.state.recent.map(({ id }) => id));
  expect((await desk.events({ device_id })).map(({ id }) => id).sort()).toEqual(kept?.sort());
  expect(kith.server.output()).not.toContain('Franck');
});
