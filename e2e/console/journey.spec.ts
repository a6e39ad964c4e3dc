import { PHOTOS } from '../fixtures/photos';
import { expect, test } from '../fixtures/test';
import { ADMIN } from '../pages/ConsolePage';

test('from the first start to a face recognised: set up, import, find the wrong sample, mend it, try', async ({
  kith,
  page,
  pictures,
}) => {
  const link = /http\S*\/setup\?token=[\w-]+/.exec(kith.server.output())?.[0] ?? '';
  await page.goto(link);
  await page.getByLabel('Email').fill(ADMIN.ADMIN_EMAIL);
  await page.getByLabel('Password', { exact: true }).fill(ADMIN.ADMIN_PASSWORD);
  await page.getByLabel('Password again').fill(ADMIN.ADMIN_PASSWORD);
  await page.getByRole('button', { name: 'Create account' }).click();

  // The empty overview says where to begin. One row has the wrong name: the last picture shows Nicolas.
  const list = [
    'image_url,user_id,user_name',
    `${pictures.url(PHOTOS.franck[0])},1,Franck Durand`,
    `${pictures.url(PHOTOS.franck[1])},1,Franck Durand`,
    `${pictures.url(PHOTOS.cage[0])},2,Nicolas Keller`,
    `${pictures.url(PHOTOS.cage[1])},1,Franck Durand`,
  ];
  await page
    .getByRole('main')
    .getByRole('link', { name: /Import/ })
    .click();
  await page.getByLabel('CSV or JSON lines').fill(list.join('\n'));
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(page.getByText('4 of 4 rows can be imported.')).toBeVisible();
  await page.getByRole('button', { name: 'Start import' }).click();
  await expect(page.getByRole('cell', { name: 'enrolled' })).toHaveCount(4, { timeout: 20_000 });

  const menu = page.getByRole('navigation');
  await menu.getByRole('link', { name: 'People' }).click();
  await page.getByRole('link', { name: /Franck Durand/ }).click();
  await page
    .getByRole('button', { name: /^Open sample/ })
    .filter({ hasText: 'looks different' })
    .click();
  await page.getByRole('button', { name: 'Move to…' }).click();
  await page.getByRole('combobox', { name: 'Move to' }).click();
  await page.getByRole('option', { name: /Nicolas Keller/ }).click();
  await page.getByRole('button', { name: 'Move', exact: true }).click();
  await expect(page.getByText('The sample is now Nicolas Keller’s.')).toBeVisible();
  await expect(page.getByText('looks different')).toHaveCount(0);

  await menu.getByRole('link', { name: 'Try it' }).click();
  await page.getByLabel('Image URL').fill(pictures.url(PHOTOS.cage[1]));
  await page.getByRole('button', { name: 'Recognise', exact: true }).click();
  await expect(page.getByTestId('face-box')).toContainText('Nicolas Keller');
});
