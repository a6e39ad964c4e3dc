import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Locator, type Page } from 'playwright';
import { createDevice } from '@/lib/shared/contract/devices';
import { listEvents } from '@/lib/shared/contract/events';
import { enrolFace } from '@/lib/shared/contract/faces';
import { browserLaunch, CHROMIUM_FLAGS } from '../fixtures/browser';
import type { Client } from '../fixtures/client';
import { type Film, film, filmStill } from '../fixtures/films';
import { PHOTOS, photoDataUrl } from '../fixtures/photos';
import { test as base, expect } from '../fixtures/test';

export { expect };

/** Maximum time for the networks to load and warm up on a busy machine, ms. */
const WARM_MS = 45_000;

interface PhoneOptions {
  film?: Film;
  /** Whether the camera was allowed before. Default: true. */
  allowed?: boolean;
  width?: number;
  height?: number;
  colorScheme?: 'light' | 'dark';
  /** Additional flags of Chromium. */
  flags?: string[];
}

/** A phone: a browser with a profile of its own and a fake camera. */
export class Phone {
  context: BrowserContext;
  page: Page;
  readonly #profile: string;
  readonly #options: PhoneOptions;

  private constructor(profile: string, options: PhoneOptions, context: BrowserContext, page: Page) {
    this.#profile = profile;
    this.#options = options;
    this.context = context;
    this.page = page;
  }

  static async open(options: PhoneOptions = {}): Promise<Phone> {
    const profile = await mkdtemp(join(tmpdir(), 'kith-phone-'));
    const { context, page } = await launch(profile, options);
    return new Phone(profile, options, context, page);
  }

  /** Closes the browser and opens it again with the same profile: a cold start. */
  async restart(change: PhoneOptions = {}): Promise<void> {
    await this.context.close();
    const { context, page } = await launch(this.#profile, { ...this.#options, ...change });
    this.context = context;
    this.page = page;
  }

  async close(): Promise<void> {
    await this.context.close();
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 3 });
  }

  /** Contains the name of the person recognised now. */
  get recognition(): Locator {
    return this.page.getByTestId('recognition');
  }

  get(testId: string): Locator {
    return this.page.getByTestId(testId);
  }

  /** Waits until a name is shown. The first time includes the loading of the networks. */
  async recognises(name: string): Promise<void> {
    await expect(this.recognition).toHaveText(name, { timeout: WARM_MS });
  }

  async isReadyForOffline(): Promise<void> {
    await expect(this.get('offline-ready')).toBeAttached({ timeout: WARM_MS });
  }

  async menu(): Promise<Locator> {
    await this.page.getByRole('button', { name: 'Menu' }).click();
    return this.page.getByRole('dialog');
  }

  /** Waits until the vision worker has processed at least one frame. */
  async isWarm(): Promise<void> {
    await this.page.waitForFunction(() => window.kithScan?.state.diagnostics != null, null, { timeout: WARM_MS });
  }
}

async function launch(profile: string, options: PhoneOptions) {
  const { allowed = true, width = 390, height = 844, colorScheme = 'light', flags = [] } = options;
  const context = await chromium.launchPersistentContext(profile, {
    ...browserLaunch().launchOptions,
    args: [
      ...CHROMIUM_FLAGS,
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${await film(options.film ?? 'franck')}`,
      ...flags,
    ],
    viewport: { width, height },
    colorScheme,
    permissions: allowed ? ['camera'] : [],
  });
  return { context, page: context.pages()[0] ?? (await context.newPage()) };
}

/** Does what an administrator does before a phone can be used. */
export class Desk {
  constructor(readonly client: Client) {}

  /** Creates a device to pair, as the console does. */
  async device(fields: { name?: string; allow_enrolment?: boolean; liveness?: string } = {}) {
    const { body } = await this.client.call(createDevice, { fields: { name: 'Gate', ...fields } });
    return body as { device_id: number; pairing_code: string; pairing_url: string };
  }

  /** Enrols Franck from a still of the same film, taken a minute later. */
  async enrolFranck(name = 'Franck Durand') {
    return this.#enrol(await photoDataUrl(PHOTOS.franck[0]), { user_id: 'franck', user_name: name });
  }

  /** Enrols the man of the films `alive` and `heldPhoto`, from another moment than their beginning. */
  async enrolAudun() {
    const still = await filmStill('alive', 3);
    const image = `data:image/jpeg;base64,${still.toString('base64')}`;
    return this.#enrol(image, { user_id: 'audun', user_name: 'Audun' });
  }

  async #enrol(image_url: string, unique_args: Record<string, string>) {
    const { body, status } = await this.client.call(enrolFace, { fields: { image_url, unique_args } });
    expect(status, JSON.stringify(body)).toBe(200);
    return body as { face_id: number; person: { person_id: number } };
  }

  async events(query: Record<string, string | number> = {}) {
    const { body } = await this.client.call(listEvents, { query: { limit: 200, ...query } });
    return body.events as {
      id: string;
      person: { person_id: number; name: string } | null;
      device: { device_id: number } | null;
      face_id: number | null;
      liveness: string;
      at: string;
    }[];
  }
}

interface ScanFixtures {
  desk: Desk;
  /** Opens phones, and closes them after the test. */
  openPhone: (options?: PhoneOptions) => Promise<Phone>;
}

export const test = base.extend<ScanFixtures>({
  desk: async ({ client }, use) => use(new Desk(client)),
  openPhone: async ({ kith: _ }, use) => {
    const phones: Phone[] = [];
    await use(async (options) => {
      const phone = await Phone.open(options);
      phones.push(phone);
      return phone;
    });
    await Promise.all(phones.map((phone) => phone.close()));
  },
});
