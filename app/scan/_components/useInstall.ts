import { useEffect, useState } from 'react';

/** Chromium's install prompt. Not in TypeScript's DOM, because it is not a standard. */
interface BeforeInstallPromptEvent extends Event {
  prompt(): Promise<void>;
}

/** The event fires once, long before the menu is opened, so the listener is added when this module loads. */
let offered: BeforeInstallPromptEvent | null = null;
const listeners = new Set<() => void>();
if (typeof window !== 'undefined') {
  window.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    offered = event as BeforeInstallPromptEvent;
    for (const listener of listeners) listener();
  });
  window.addEventListener('appinstalled', () => {
    offered = null;
    for (const listener of listeners) listener();
  });
}

/**
 * Returns a function that prompts to install the page as an app; null where the browser does not offer it, or it is
 * installed.
 */
export function useInstall(): (() => void) | null {
  const [offer, setOffer] = useState(offered);
  useEffect(() => {
    const update = () => setOffer(offered);
    listeners.add(update);
    update();
    return () => {
      listeners.delete(update);
    };
  }, []);
  return offer ? () => void offer.prompt() : null;
}
