import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright/test';
import { expect } from '../fixtures/test';

const AXE = fileURLToPath(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url));

export const ADMIN = { ADMIN_EMAIL: 'ada@example.org', ADMIN_PASSWORD: 'correct horse battery' };

interface AxeResult {
  violations: { id: string; help: string; nodes: { html: string }[] }[];
}

/** The console as someone who uses it. */
export class ConsolePage {
  constructor(
    readonly page: Page,
    readonly url: string,
  ) {}

  async signIn(email = ADMIN.ADMIN_EMAIL, password = ADMIN.ADMIN_PASSWORD): Promise<void> {
    await this.page.goto(`${this.url}/login`);
    await this.page.getByLabel('Email').fill(email);
    await this.page.getByLabel('Password').fill(password);
    await this.page.getByRole('button', { name: 'Sign in' }).click();
    await expect(this.page).toHaveURL(`${this.url}/`);
  }

  open(path: string) {
    return this.page.goto(this.url + path);
  }

  async addSample(imageUrl: string, name: string): Promise<void> {
    await this.open('/samples');
    await this.page.getByRole('button', { name: 'Add sample' }).click();
    await this.page.getByLabel('Image URL').fill(imageUrl);
    await this.page.getByRole('button', { name: 'Load' }).click();
    await expect(this.page.getByTestId('face-box')).toBeVisible();
    await this.page.getByLabel('Name', { exact: true }).fill(name);
    await this.page.getByRole('button', { name: 'Save sample' }).click();
    await expect(this.page.getByText(`Added a sample of ${name}.`)).toBeVisible();
  }

  /** Nothing that axe finds, and no sideways scrolling. */
  async expectAccessible(): Promise<void> {
    await this.page.evaluate(await readFile(AXE, 'utf8'));
    const { violations } = await this.page.evaluate(() =>
      (window as unknown as { axe: { run: () => Promise<AxeResult> } }).axe.run(),
    );
    const found = violations.map(
      ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
    );
    expect.soft(found, `axe on ${this.page.url()}`).toEqual([]);
    const sideways = await this.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(sideways, `sideways scrolling on ${this.page.url()}`).toBeLessThanOrEqual(0);
  }

  /** The same in the light and in the dark theme, without motion. */
  async expectAccessibleInThemes(): Promise<void> {
    for (const colorScheme of ['light', 'dark'] as const) {
      await this.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await expect(this.page.locator('html')).toHaveClass(new RegExp(`\\b${colorScheme}\\b`));
      await this.expectAccessible();
    }
  }
}
