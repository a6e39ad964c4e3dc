import type { Page } from 'playwright/test';
import { expect } from '../fixtures/test';
import { expectAccessible, expectAccessibleInThemes } from './expectAccessible';

export const ADMIN = { ADMIN_EMAIL: 'ada@example.org', ADMIN_PASSWORD: 'correct horse battery' };

/** The console as its users see it. */
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
    await this.page.getByRole('button', { name: 'Add photo' }).click();
    await this.page.getByLabel('Image URL').fill(imageUrl);
    await this.page.getByRole('button', { name: 'Load' }).click();
    await expect(this.page.getByTestId('face-box')).toBeVisible();
    await this.page.getByLabel('Name', { exact: true }).fill(name);
    await this.page.getByRole('button', { name: 'Save sample' }).click();
    await expect(this.page.getByText(`Added a sample of ${name}.`)).toBeVisible();
  }

  expectAccessible(): Promise<void> {
    return expectAccessible(this.page);
  }

  /**
   * Expects that nothing moved while the page loaded. Sums up Cumulative Layout Shift as defined by web.dev, without
   * its windows.
   */
  async expectStill(): Promise<void> {
    const shift = await this.page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let sum = 0;
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries() as (PerformanceEntry & {
              value: number;
              hadRecentInput: boolean;
            })[]) {
              if (!entry.hadRecentInput) sum += entry.value;
            }
          }).observe({ type: 'layout-shift', buffered: true });
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
        }),
    );
    expect.soft(shift, `layout shift of ${this.page.url()}`).toBeLessThan(0.05);
  }

  expectAccessibleInThemes(): Promise<void> {
    return expectAccessibleInThemes(this.page);
  }
}
