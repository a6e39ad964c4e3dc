import { Phone } from '../../e2e/scan/phone';

/** Time for which a browser is busy after its start, ms. */
const BROWSER_START_MS = 3000;

/** Opens a phone whose browser has been running for a while, as when a user follows a pairing link. */
export async function openPhone(film: 'franck' | 'nobody'): Promise<Phone> {
  const phone = await Phone.open({ film });
  await phone.page.waitForTimeout(BROWSER_START_MS);
  return phone;
}
