/**
 * `npm run screenshots`: takes pictures and films of Kith. It starts the built server with an empty data folder on a
 * free port, and fills it with `npm run demo`. It then photographs each page of the console in light and dark, at 1280
 * pixels and at a phone's width. All go to .cache/screenshots/; those in the documentation go to docs/images/. Faces
 * are blurred in all of them.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import sharp from 'sharp';
import { browserLaunch } from '../e2e/fixtures/browser';
import { Client } from '../e2e/fixtures/client';
import { freePort } from '../e2e/fixtures/freePort';
import { startPictureServer } from '../e2e/fixtures/pictureServer';
import { startServer } from '../e2e/fixtures/server';
import { ADMIN, ConsolePage } from '../e2e/pages/ConsolePage';
import { Desk } from '../e2e/scan/phone';
import { deletePerson, listPeople } from '../lib/shared/contract/people';
import { ensureBuilt } from './prepare/build.mjs';
import { prepare } from './prepare/prepare.mjs';
import { ROOT } from './prepare/step.mjs';
import { SHOTS } from './screenshots/consolePages';
import { filmConsole, filmPhone } from './screenshots/films';
import { expectHidden, hideFaces } from './screenshots/hideFaces';

const SHOWN = join(ROOT, 'docs/images');
const ALL = join(ROOT, '.cache/screenshots');
/** The pictures in README.md and docs/console.md. */
const IN_DOCUMENTATION = new Set([
  ...['overview', 'overview-dark', 'people', 'person', 'samples', 'events'],
  ...['overview-phone', 'person-phone', 'try-phone-dark'],
]);

const LOOKS = [
  { suffix: '', colorScheme: 'light', width: 1280, height: 800 },
  { suffix: '-dark', colorScheme: 'dark', width: 1280, height: 800 },
  { suffix: '-phone', colorScheme: 'light', width: 390, height: 844 },
  { suffix: '-phone-dark', colorScheme: 'dark', width: 390, height: 844 },
] as const;

async function fillWithDemo(url: string, key: string): Promise<void> {
  const demo = spawn(process.execPath, ['scripts/demo.mjs'], {
    cwd: ROOT,
    env: { ...process.env, KITH_URL: url, KITH_KEY: key },
    stdio: 'inherit',
  });
  const [code] = await once(demo, 'exit');
  if (code !== 0) throw new Error(`npm run demo ended with ${code}`);
}

/** Photographs every page in one colour scheme and size. Returns the bytes written to the documentation. */
async function photograph(
  { suffix, width, height, colorScheme }: (typeof LOOKS)[number],
  url: string,
  pictureUrl: (photo: string) => string,
): Promise<number> {
  const browser = await chromium.launch(browserLaunch().launchOptions);
  try {
    const context = await browser.newContext({
      viewport: { width, height },
      colorScheme,
      reducedMotion: 'reduce',
      deviceScaleFactor: 1.5,
    });
    await hideFaces(context);
    const page = await context.newPage();
    const console = new ConsolePage(page, url);
    await console.signIn();
    let bytes = 0;
    for (const { name, path, arrange } of SHOTS) {
      await console.open(path);
      await arrange?.(page, pictureUrl);
      await page.waitForLoadState('networkidle');
      await expectHidden(page);
      const picture = await page.screenshot();
      await sharp(picture).toFile(join(ALL, `${name}${suffix}.png`));
      if (!IN_DOCUMENTATION.has(name + suffix)) continue;
      const { size } = await sharp(picture)
        .webp({ quality: 82 })
        .toFile(join(SHOWN, `${name}${suffix}.webp`));
      bytes += size;
    }
    return bytes;
  } finally {
    await browser.close();
  }
}

await prepare();
await ensureBuilt();
for (const folder of [SHOWN, ALL]) await mkdir(folder, { recursive: true });
const dataDir = await mkdtemp(join(tmpdir(), 'kith-screenshots-'));
const pictures = await startPictureServer();
const server = await startServer({
  dataDir,
  port: await freePort(),
  env: { ...ADMIN, FETCH_ALLOW: pictures.host },
});
try {
  const desk = new Desk(new Client(server.url, server.key));
  let bytes = await filmConsole(SHOWN, server.url, pictures.url);
  const { body } = await desk.client.call(listPeople, {});
  // Removes the people of the film, so that later pictures show the demo only.
  for (const { person_id } of body.people as { person_id: number }[]) {
    await desk.client.call(deletePerson, { params: { person_id } });
  }
  await fillWithDemo(server.url, server.key);
  const { pairing_url } = await desk.device({ name: 'Front door' });
  for (const look of LOOKS) bytes += await photograph(look, server.url, pictures.url);
  bytes += await filmPhone(SHOWN, server, pairing_url, 'Franck Durand');
  console.log(
    `${LOOKS.length * SHOTS.length} pictures in .cache/screenshots; in docs/images ${Math.round(bytes / 1024)} KB`,
  );
} finally {
  await server.stop();
  await pictures.close();
  await rm(dataDir, { recursive: true, force: true });
}
