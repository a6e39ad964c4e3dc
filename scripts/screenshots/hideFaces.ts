import type { BrowserContext } from 'playwright';

/**
 * Blurs every picture and video of a browser's pages from the first frame on, because the documentation must not show
 * anybody. The blur is a twelfth of the width, so that no face can be recognised at any size. Drawings (SVG) stay sharp.
 */
export async function hideFaces(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const PICTURES = 'img:not([src^="data:image/svg"]), video';
    const blur = () => {
      for (const picture of document.querySelectorAll<HTMLElement>(PICTURES)) {
        const radius = Math.max(6, Math.round(picture.clientWidth / 12));
        picture.style.setProperty('filter', `blur(${radius}px)`, 'important');
      }
    };
    const begin = () => {
      const style = document.createElement('style');
      style.textContent = `${PICTURES} { filter: blur(30px) }`;
      document.documentElement.append(style);
      new MutationObserver(blur).observe(document.documentElement, { childList: true, subtree: true });
      addEventListener('resize', blur);
      setInterval(blur, 250);
    };
    if (document.documentElement) begin();
    else addEventListener('DOMContentLoaded', begin);
  });
}
