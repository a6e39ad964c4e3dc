import { expect, test } from './phone';

test.setTimeout(120_000);

/** Makes getUserMedia fail as a browser does in the given case, before the page's own scripts run. */
const failingCamera = (name: string) => `
  navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('refused by the test', '${name}'); };
`;

for (const [error, problem, title] of [
  ['NotAllowedError', 'permission-denied', 'The camera is not allowed'],
  ['NotFoundError', 'no-camera', 'No camera was found'],
  ['NotReadableError', 'camera-in-use', 'The camera is in use'],
] as const) {
  test(`${problem} has its screen, the menu is in reach, and the camera comes back`, async ({ desk, openPhone }) => {
    const { pairing_url } = await desk.device({ name: problem });
    const phone = await openPhone({ film: 'nobody', width: 844, height: 390 });
    await phone.page.addInitScript(failingCamera(error));
    await phone.page.goto(pairing_url);
    await expect(phone.get(`problem-${problem}`)).toContainText(title);
    const again = phone.page.getByRole('button', { name: 'Try again' });
    await expect(again, 'also on a phone held sideways').toBeInViewport({ ratio: 1 });
    await expect(await phone.menu()).toContainText('Unpair and erase');
    await phone.page.keyboard.press('Escape');
    await phone.page.evaluate(() => {
      Reflect.deleteProperty(navigator.mediaDevices, 'getUserMedia');
    });
    // If the browser would ask for permission, the user starts the retry. In the other cases, the page retries by
    // itself.
    if (problem === 'permission-denied') await again.click();
    await expect(phone.get('connection')).toBeVisible({ timeout: 10_000 });
    if (problem !== 'camera-in-use') return;
    for (const [event, patience] of [
      // The camera is unplugged while it runs, and then muted, as by a call.
      ['ended', 10_000],
      ['mute', 10_000],
    ] as const) {
      await phone.page.waitForFunction(() => document.querySelector('video')?.srcObject != null);
      const before = await phone.page.evaluate((type) => {
        const stream = document.querySelector('video')?.srcObject as MediaStream;
        for (const track of stream.getVideoTracks()) track.dispatchEvent(new Event(type));
        return stream.id;
      }, event);
      if (event === 'ended') await expect(phone.get('problem-camera-in-use')).toBeVisible();
      await phone.page.waitForFunction(
        (id) => {
          const stream = document.querySelector('video')?.srcObject;
          return stream instanceof MediaStream && stream.id !== id && stream.active;
        },
        before,
        { timeout: patience },
      );
    }
  });
}

test('a camera that was not allowed yet waits for one tap', async ({ desk, openPhone }) => {
  const { pairing_url } = await desk.device({ name: 'Reception' });
  const phone = await openPhone({ film: 'nobody', allowed: false, flags: ['--use-fake-ui-for-media-stream'] });
  await phone.page.addInitScript(`
    const query = navigator.permissions.query.bind(navigator.permissions);
    navigator.permissions.query = (what) => what.name === 'camera' ? Promise.resolve({ state: 'prompt' }) : query(what);
  `);
  await phone.page.goto(pairing_url);
  await phone.get('camera-prompt').getByRole('button', { name: 'Start camera' }).click();
  await expect(phone.get('connection')).toBeVisible();
});

test('an insecure address and an old browser say so', async ({ kith, openPhone }) => {
  const phone = await openPhone({ film: 'nobody' });
  await phone.page.addInitScript(`Object.defineProperty(window, 'isSecureContext', { value: false })`);
  await phone.page.goto(`${kith.url}/scan`);
  await expect(phone.get('problem-insecure-origin')).toContainText('https://');
  const old = await openPhone({ film: 'nobody' });
  await old.page.addInitScript('delete window.OffscreenCanvas');
  await old.page.goto(`${kith.url}/scan`);
  await expect(old.get('problem-browser-too-old')).toContainText('Update it');
});

test('storage that is blocked or full says so, and what was kept stays', async ({ desk, kith, openPhone }) => {
  const blocked = await openPhone({ film: 'nobody' });
  await blocked.page.addInitScript(`
    IDBFactory.prototype.open = () => { throw new DOMException('blocked by the test', 'SecurityError'); };
  `);
  await blocked.page.goto(`${kith.url}/scan`);
  await expect(blocked.get('problem-storage-blocked')).toBeVisible();

  await desk.enrolFranck();
  const { pairing_url, device_id } = await desk.device({ name: 'Full' });
  const phone = await openPhone({ film: 'nobody' });
  await phone.page.goto(pairing_url);
  await expect(phone.get('people')).toHaveText('1 person', { timeout: 30_000 });
  await phone.isReadyForOffline();
  await phone.restart({ film: 'franck' });
  // Sets the browser's quota below the space in use.
  const session = await phone.context.newCDPSession(phone.page);
  const origin = new URL(pairing_url).origin;
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
  await phone.page.goto(`${origin}/scan`);
  await expect(phone.get('problem-storage-full')).toContainText('Free some space', { timeout: 45_000 });
  await session.send('Storage.overrideQuotaForOrigin', { origin });
  await phone.page.getByRole('button', { name: 'Try again' }).click();
  await phone.recognises('Franck Durand');
  await expect.poll(async () => (await desk.events({ device_id })).length).toBe(1);
});

test('recognition and sync that stop are started again with nobody touching the phone', async ({ desk, openPhone }) => {
  const { pairing_url } = await desk.device({ name: 'Broken' });
  const phone = await openPhone({ film: 'nobody' });
  await phone.page.goto(pairing_url);
  await phone.isWarm();
  const breakWorkers = async () => {
    for (const worker of phone.page.workers()) {
      await worker.evaluate(() => {
        setTimeout(() => {
          throw new Error('broken by the test');
        });
      });
    }
  };
  await expect(phone.get('connection')).toHaveText('Online', { timeout: 30_000 });
  await phone.page.evaluate(() => {
    const seen: string[] = [];
    window.kithScan?.subscribe(() => seen.push(`${window.kithScan?.state.sync.connection}`));
    Object.assign(window, { seen });
  });
  await breakWorkers();
  // The networks load again. On a busy machine, this takes longer than on a phone.
  await phone.page.waitForFunction(() => window.kithScan?.state.vision.kind === 'loading');
  await phone.page.waitForFunction(() => window.kithScan?.state.vision.kind === 'ready', null, { timeout: 45_000 });
  expect(await phone.page.evaluate(() => window.kithScan?.state.problem)).toBeNull();
  // If it breaks again soon after, the page shows the problem, and still retries.
  await breakWorkers();
  const problem = phone.get('problem-failed');
  await expect(problem).toContainText('broken by the test');
  await expect(problem).toContainText('restarts by itself');
  await expect(problem).toBeHidden({ timeout: 60_000 });
  await phone.page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const stop = window.kithScan?.onFrame(() => {
          stop?.();
          resolve();
        });
      }),
  );
  await expect(phone.get('connection')).toHaveText('Online', { timeout: 30_000 });
  expect(await phone.page.evaluate(() => (window as unknown as { seen: string[] }).seen)).toContain('failing');
});

test('an empty gallery says what to do', async ({ kiths, openPhone }) => {
  const empty = await kiths.start();
  const response = await fetch(`${empty.url}/api/devices`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${empty.key}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ name: 'First' }),
  });
  const { pairing_url }: { pairing_url: string } = await response.json();
  const phone = await openPhone({ film: 'franck' });
  await phone.page.goto(pairing_url);
  await expect(phone.get('gallery-empty')).toContainText('Add people in the console', { timeout: 30_000 });
  await phone.recognises('Unknown');
  await empty.server.stop();
});
