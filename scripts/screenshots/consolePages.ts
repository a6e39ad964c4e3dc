import type { Page } from 'playwright';
import { PHOTOS } from '../../e2e/fixtures/photos';

export interface Shot {
  name: string;
  path: string;
  /** Brings the page into the state for the picture. */
  arrange?: (page: Page, pictureUrl: (photo: string) => string) => Promise<void>;
}

/** The console's pages, as a user sees them after two weeks. */
export const SHOTS: Shot[] = [
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
  {
    name: 'event',
    path: '/events',
    arrange: async (page) => {
      await page.getByRole('row').filter({ hasText: 'Franck' }).locator('a[href^="/events/"]').first().click();
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForURL(/\/events\/.+/);
    },
  },
  ...[
    'review',
    'groups',
    'accuracy',
    'import',
    'devices',
    'keys',
    'webhooks',
    'users',
    'settings',
    'export',
    'audit',
  ].map((name) => ({ name, path: `/${name}` })),
];
