import type { BrowserContext, Page } from 'playwright';

const PICTURES = 'img:not([src^="data:image/svg"]), video';

/** The script is a string, because a compiled function would call functions that the page does not have. */
const BLUR = `
  const blur = () => {
    for (const picture of document.querySelectorAll(${JSON.stringify(PICTURES)})) {
      const radius = Math.max(5, Math.round(picture.clientWidth / 12));
      picture.style.setProperty('filter', 'blur(' + radius + 'px)', 'important');
    }
    requestAnimationFrame(blur);
  };
  requestAnimationFrame(blur);
`;

/**
 * Blurs every picture and video of a browser's pages before each frame, because the documentation must not show anybody.
 * The blur is a twelfth of the width, so that no face can be recognised at any size. Drawings (SVG) stay sharp.
 */
export async function hideFaces(context: BrowserContext): Promise<void> {
  await context.addInitScript(BLUR);
}

/** Waits until every picture of the page is blurred. Throws an error if one is not. */
export async function expectHidden(page: Page): Promise<void> {
  await page.waitForFunction(
    (pictures) =>
      [...document.querySelectorAll(pictures)].every((one) => getComputedStyle(one).filter.startsWith('blur(')),
    PICTURES,
    { timeout: 5_000 },
  );
}
