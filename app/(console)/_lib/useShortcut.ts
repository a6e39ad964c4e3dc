'use client';
import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';

/** Controls that take no text, so that a key pressed on them is free for a shortcut. */
const NO_TEXT = ['button', 'checkbox', 'color', 'file', 'radio', 'range', 'reset', 'submit'];

/** Whether something else has a claim on the key: a field, an open window or menu, or a shortcut of the browser's. */
function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing || event.repeat) return true;
  if (event.ctrlKey || event.metaKey || event.altKey) return true;
  const { target } = event;
  if (target instanceof HTMLInputElement && !NO_TEXT.includes(target.type)) return true;
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return document.querySelector('[role=dialog], [role=alertdialog], [role=menu]') !== null;
}

/** Does something at a key, as `KeyboardEvent.key` names it, unless the key means something else where it is pressed. */
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
 * Whether shortcuts of one character work in this browser, and how to change it: who dictates may not want them
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
      // The browser tells only other tabs.
      window.dispatchEvent(new StorageEvent('storage', { key: STORED }));
    },
  ];
}
