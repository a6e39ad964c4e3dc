import type { Page } from 'playwright/test';
import { expect } from '../fixtures/test';

/** The page of one recognition. */
export class EventPage {
  constructor(readonly page: Page) {}

  async expectShows(name: string): Promise<void> {
    await expect(this.page.getByRole('heading', { level: 2, name, exact: true })).toBeVisible();
  }

  /** Corrects the recognition to one of the similar people. */
  async correctTo(name: string): Promise<void> {
    await this.page.getByRole('button', { name: /^(Not this person|This is)…$/ }).click();
    const dialog = this.page.getByRole('dialog', { name: 'Who was it?' });
    await dialog.getByRole('button', { name, exact: true }).click();
    await dialog.getByRole('button', { name: 'Correct', exact: true }).click();
    await expect(dialog).toBeHidden();
    await this.expectShows(name);
  }

  readonly press = (name: string) => this.page.getByRole('button', { name, exact: true }).click();
  readonly corrections = () => this.page.getByRole('list', { name: 'Corrections' }).getByRole('listitem');
}
