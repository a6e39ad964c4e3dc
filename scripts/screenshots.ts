/**
 * `npm run screenshots`: pictures of the console's main pages for the documentation, in docs/images/. It starts the built
 * server on an empty folder and a free port, fills it with `npm run demo`, signs in, and photographs each page in light and dark,
 * 1280 pixels wide and as on a phone. Ends with the total size.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright';
import sharp from 'sharp';
import { browserLaunch } from '../e2e/fixtures/browser';
import { freePort } from '../e2e/fixtures/freePort';
import { PHOTOS } from '../e2e/fixtures/photos';
import { startPictureServer } from '../e2e/fixtures/pictureServer';
import { startServer } from '../e2e/fixtures/server';
import { ensureBuilt } from './prepare/build.mjs';
import { prepare } from './prepare/prepare.mjs';
import { ROOT } from './prepare/step.mjs';

const FOLDER = join(ROOT, 'docs/images');
const ADMIN = { email: 'ada@example.org', password: 'correct horse battery' };

interface Shot {
  name: string;
  path: string;
  /** Brings the page to what the picture shows. */
  arrange?: (page: Page, pictureUrl: (photo: string) => string) => Promise<void>;
}

const SHOTS: Shot[] = [
  { name: 'overview', path: '/' },
  { name: 'people', path: '/people' },
  {
    name: 'person',
    path: '/people?q=Franck',
    arrange: async (page) => {
      await page.getByRole('link', { name: /Franck/ }).click();
      await page.getByRole('heading', { name: 'Recognitions' }).waitFor();
    },
  },
  { name: 'samples', path: '/samples' },
  {
    name: 'try',
    path: '/try',
    arrange: async (page, pictureUrl) => {
      await page.getByLabel('Image URL').fill(pictureUrl(PHOTOS.franck[1]));
      await page.getByRole('button', { name: 'Recognise', exact: true }).click();
      await page.getByTestId('face-result').first().waitFor();
    },
  },
  { name: 'events', path: '/events' },
];

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

/** Photographs every page in one look. Answers the bytes written. */
async function photograph(
  look: (typeof LOOKS)[number],
  url: string,
  pictureUrl: (photo: string) => string,
): Promise<number> {
  const browser = await chromium.launch(browserLaunch().launchOptions);
  try {
    const page = await browser.newPage({
      viewport: { width: look.width, height: look.height },
      colorScheme: look.colorScheme,
      reducedMotion: 'reduce',
      deviceScaleFactor: 1.5,
    });
    await page.goto(`${url}/login`);
    await page.getByLabel('Email').fill(ADMIN.email);
    await page.getByLabel('Password').fill(ADMIN.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`${url}/`);
    let bytes = 0;
    for (const { name, path, arrange } of SHOTS) {
      await page.goto(url + path);
      await arrange?.(page, pictureUrl);
      await page.waitForLoadState('networkidle');
      const picture = await page.screenshot();
      const { size } = await sharp(picture)
        .webp({ quality: 82 })
        .toFile(join(FOLDER, `${name}${look.suffix}.webp`));
      bytes += size;
    }
    return bytes;
  } finally {
    await browser.close();
  }
}

await prepare();
await ensureBuilt();
await mkdir(FOLDER, { recursive: true });
const dataDir = await mkdtemp(join(tmpdir(), 'kith-screenshots-'));
const pictures = await startPictureServer();
const server = await startServer({
  dataDir,
  port: await freePort(),
  env: { ADMIN_EMAIL: ADMIN.email, ADMIN_PASSWORD: ADMIN.password, FETCH_ALLOW: pictures.host },
});
try {
  await fillWithDemo(server.url, server.key);
  let bytes = 0;
  for (const look of LOOKS) bytes += await photograph(look, server.url, pictures.url);
  console.log(`${LOOKS.length * SHOTS.length} pictures in docs/images, ${Math.round(bytes / 1024)} KB`);
} finally {
  await server.stop();
  await pictures.close();
  await rm(dataDir, { recursive: true, force: true });
}
