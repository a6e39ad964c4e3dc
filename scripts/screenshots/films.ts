import { join } from 'node:path';
import { chromium } from 'playwright';
import { browserLaunch } from '../../e2e/fixtures/browser';
import { PHOTOS } from '../../e2e/fixtures/photos';
import type { KithServer } from '../../e2e/fixtures/server';
import { ConsolePage } from '../../e2e/pages/ConsolePage';
import { Phone } from '../../e2e/scan/phone';
import { hideFaces } from './hideFaces';
import { filmPage, writeMovie } from './movie';

/** How long the film shows the name, ms. */
const NAME_MS = 3000;

/**
 * Films a phone that starts without a server and recognises the man in front of its camera.
 * @param pairingUrl contains a pairing code for the phone
 * @returns the bytes written
 */
export async function filmPhone(folder: string, server: KithServer, pairingUrl: string, name: string): Promise<number> {
  const phone = await Phone.open({ film: 'franck' });
  try {
    await phone.page.goto(pairingUrl);
    await phone.recognises(name);
    await phone.isReadyForOffline();
    await server.stop();
    await phone.restart();
    await hideFaces(phone.context);
    await phone.page.goto(`${server.url}/scan`);
    const frames = await filmPage(phone.page, async () => {
      await phone.recognises(name);
      await phone.page.waitForTimeout(NAME_MS);
    });
    return await writeMovie(frames, join(folder, 'phone.webp'), 390);
  } finally {
    await phone.close();
  }
}

/**
 * Films the console: a person gets a photo, then another photo of the same person is recognised.
 * @returns the bytes written
 */
export async function filmConsole(folder: string, url: string, pictureUrl: (photo: string) => string): Promise<number> {
  const browser = await chromium.launch(browserLaunch().launchOptions);
  try {
    const context = await browser.newContext({ viewport: { width: 1100, height: 700 } });
    await hideFaces(context);
    const page = await context.newPage();
    const console = new ConsolePage(page, url);
    await console.signIn();
    await console.open('/samples');
    const type = { delay: 40 };
    const frames = await filmPage(page, async () => {
      await page.getByRole('button', { name: 'Add photo' }).click();
      await page.getByLabel('Image URL').fill(pictureUrl(PHOTOS.connery[0]));
      await page.getByRole('button', { name: 'Load' }).click();
      await page.getByTestId('face-box').waitFor();
      await page.getByLabel('Name', { exact: true }).pressSequentially('Tom Fraser', type);
      await page.getByRole('button', { name: 'Save sample' }).click();
      await page.getByText('Added a sample of Tom Fraser.').waitFor();
      await page.getByRole('navigation').getByRole('link', { name: 'People' }).click();
      await page.getByRole('link', { name: /Tom Fraser/ }).waitFor();
      await page.waitForTimeout(NAME_MS / 2);
      await page.getByRole('navigation').getByRole('link', { name: 'Try it' }).click();
      await page.getByLabel('Image URL').fill(pictureUrl(PHOTOS.connery[1]));
      await page.getByRole('button', { name: 'Recognise', exact: true }).click();
      await page.getByTestId('face-box').filter({ hasText: 'Tom Fraser' }).waitFor();
    });
    return await writeMovie(frames, join(folder, 'console.webp'), 880);
  } finally {
    await browser.close();
  }
}
