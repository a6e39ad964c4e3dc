import { createPerson, listPeople } from '@/lib/shared/contract/people';
import { test } from '../fixtures/consoleTest';
import { expect } from '../fixtures/test';
import { ADMIN } from '../pages/ConsolePage';

test.use({ settings: ADMIN, expectedErrors: [[/status of 409/], { scope: 'test' }] });
test.setTimeout(180_000);

/** More than the list loads at first. */
const GUESTS = 130;

const SIZES = [
  { width: 1280, height: 900 },
  { width: 390, height: 844 },
];

test('groups are made, filled by selection and by filter, and limit a phone and a key', async ({
  page,
  client,
  console,
}, testInfo) => {
  for (let i = 1; i <= GUESTS; i++) await client.call(createPerson, { fields: { name: `Guest ${i}` } });
  await client.call(createPerson, { fields: { name: 'Ada Lovelace' } });

  await console.open('/groups');
  await expect(page.getByText('No groups yet')).toBeVisible();
  await page.getByRole('button', { name: 'Add group' }).click();
  await page.getByLabel('Name').fill('Staff');
  await page.getByLabel('Colour', { exact: true }).click();
  await page.getByLabel('Note (optional)').fill('Third floor');
  await page.getByRole('button', { name: 'Add group' }).last().click();
  await expect(page.getByText('Staff is added.')).toBeVisible();
  await expect(page.getByRole('list', { name: 'Groups' })).toContainText('0 people');
  await page.getByRole('button', { name: 'Add group' }).click();
  await page.getByLabel('Name').fill('staff');
  await page.getByRole('button', { name: 'Add group' }).last().click();
  await expect(page.getByText('name is taken by another group.')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();

  // Adds two people by selection.
  await console.open('/people');
  await page.getByRole('checkbox', { name: 'Select Ada Lovelace' }).click();
  await page.getByRole('checkbox', { name: 'Select Guest 130' }).click();
  await page.getByRole('button', { name: 'Add to group…' }).click();
  await page.getByRole('button', { name: 'Add to group', exact: true }).click();
  await expect(page.getByText('Added 2 people to Staff.')).toBeVisible();
  await page.getByLabel('Group', { exact: true }).selectOption('Staff (2)');
  await expect(page).toHaveURL(/group=\d+/);
  await expect(page.getByRole('link', { name: /Ada Lovelace/ })).toBeVisible();
  await expect(page.getByRole('link', { name: /Guest 1\b/ })).toHaveCount(0);

  // Adds all people that match a search, more than one page, to a new group.
  await console.open('/people?q=guest');
  await page.getByRole('checkbox', { name: 'Select Guest 130' }).click();
  await page.getByRole('button', { name: 'Select all shown' }).click();
  await page.getByRole('button', { name: 'Select all that match' }).click();
  await page.getByRole('button', { name: 'Add to group…' }).click();
  await page.getByRole('dialog').getByLabel('Group').selectOption('New group…');
  await page.getByLabel('Name of the group').fill('Guests');
  await page.getByRole('button', { name: 'Add to group', exact: true }).click();
  await expect(page.getByText('Added 130 people to Guests.')).toBeVisible();
  await console.open('/groups?q=gue');
  await expect(page.getByRole('list', { name: 'Groups' })).toContainText('130 people');
  await expect(page.getByText('1 group', { exact: true })).toBeVisible();

  // Changes the groups on the page of a person.
  const { body } = await client.call(listPeople, { query: { q: 'Ada' } });
  const [ada] = body.people as { person_id: number }[];
  await console.open(`/people/${ada?.person_id}`);
  await page.getByRole('button', { name: 'Change groups' }).click();
  await page.getByRole('checkbox', { name: 'Guests' }).click();
  await page.getByRole('button', { name: 'Save groups' }).click();
  await expect(page.getByRole('button', { name: 'Change groups' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Guests' })).toBeVisible();

  // Limits a phone and a key to groups.
  await console.open('/devices');
  await page.getByRole('button', { name: 'Pair a device' }).click();
  await page.getByLabel('Name').fill('Door');
  await page.getByRole('checkbox', { name: 'Staff' }).click();
  await page.screenshot({ path: testInfo.outputPath('pair.png') });
  await page.getByRole('button', { name: 'Show the code' }).click();
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('row', { name: /Door/ })).toContainText('Staff');
  await page.getByRole('button', { name: 'Actions for Door' }).click();
  await page.getByRole('menuitem', { name: 'Limit to groups…' }).click();
  await page.getByRole('checkbox', { name: 'Guests' }).click();
  await page.getByRole('button', { name: 'Limit to these groups' }).click();
  await expect(page.getByRole('row', { name: /Door/ })).toContainText('Guests');
  await console.open('/keys');
  await page.getByRole('button', { name: 'Create key' }).click();
  await page.getByLabel('Name').fill('Turnstile');
  await page.getByRole('checkbox', { name: 'Staff' }).click();
  await page.getByRole('button', { name: 'Create key' }).last().click();
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('row', { name: /Turnstile/ })).toContainText('Staff');

  for (const [name, path] of [
    ['groups', '/groups'],
    ['people', '/people?group=1'],
    ['person', `/people/${ada?.person_id}`],
    ['devices', '/devices'],
  ] as const) {
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await console.open(path);
      await expect(page.locator('main h1')).toBeVisible();
      await console.expectAccessibleInThemes();
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: testInfo.outputPath(`${name}-${size.width}-${colorScheme}.png`) });
      }
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(SIZES[0] as (typeof SIZES)[0]);

  // Removes people from a group, renames it, and deletes it.
  await console.open('/people?group=1');
  await page.getByRole('checkbox', { name: 'Select Guest 130' }).click();
  await page.screenshot({ path: testInfo.outputPath('selection.png') });
  await page.getByRole('button', { name: 'Remove from group…' }).click();
  await page.getByRole('button', { name: 'Remove from group', exact: true }).click();
  await expect(page.getByText('Removed 1 person from Staff.')).toBeVisible();
  await console.open('/groups');
  await page.getByRole('button', { name: 'Actions for Staff' }).click();
  await page.getByRole('menuitem', { name: 'Edit…' }).click();
  await page.getByLabel('Name').fill('Colleagues');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByRole('link', { name: 'Colleagues' })).toBeVisible();
  await page.getByRole('button', { name: 'Actions for Guests' }).click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  await page.getByRole('button', { name: 'Delete group' }).click();
  await expect(page.getByText('Guests is deleted.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Guests' })).toHaveCount(0);
});
