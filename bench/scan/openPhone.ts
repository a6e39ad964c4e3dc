import { Phone } from '../../e2e/scan/phone';

/** A browser that has just been opened is busy with itself for so long, ms. */
const BROWSER_START_MS = 3000;

/** A phone whose browser has been open for a while, as it is when a pairing link is followed. */
export async function openPhone(film: 'franck' | 'nobody'): Promise<Phone> {
  const phone = await Phone.open({ film });
  await phone.page.waitForTimeout(BROWSER_START_MS);
  return phone;
}
