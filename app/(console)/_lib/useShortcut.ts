'use client';
import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';

/** Controls without text input, on which shortcuts work. */
const NO_TEXT = ['button', 'checkbox', 'color', 'file', 'radio', 'range', 'reset', 'submit'];

/** Returns whether the key belongs to something else: a field, an open dialog or menu, or a browser shortcut. */
function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing || event.repeat) return true;
  if (event.ctrlKey || event.metaKey || event.altKey) return true;
  const { target } = event;
  if (target instanceof HTMLInputElement && !NO_TEXT.includes(target.type)) return true;
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return document.querySelector('[role=dialog], [role=alertdialog], [role=menu]') !== null;
}

/** Calls back on a key (`KeyboardEvent.key`), unless the focused element uses that key itself. */
export function useShortcut(key: string, act: () => void, { enabled = true } = {}): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== key || isTaken(event)) return;
    event.preventDefault();
    act();
  });
  useEffect(() => {
    if (!enabled) return;
    const listening = new AbortController();
    document.addEventListener('keydown', (event) => onKey(event), { signal: listening.signal });
    return () => listening.abort();
  }, [enabled]);
}

const STORED = 'kith-single-keys';

function subscribe(changed: () => void) {
  window.addEventListener('storage', changed);
  return () => window.removeEventListener('storage', changed);
}

/**
 * Returns whether single-character shortcuts are on in this browser, and a setter. Speech-input users may turn them off
 * (WCAG 2.1.4).
 */
export function useSingleKeys(): [boolean, (on: boolean) => void] {
  const on = useSyncExternalStore(
    subscribe,
    () => localStorage.getItem(STORED) !== 'off',
    () => true,
  );
  return [
    on,
    (wanted) => {
      localStorage.setItem(STORED, wanted ? 'on' : 'off');
      // The browser notifies only other tabs.
      window.dispatchEvent(new StorageEvent('storage', { key: STORED }));
    },
  ];
}
