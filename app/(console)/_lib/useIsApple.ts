'use client';
import { useSyncExternalStore } from 'react';

const never = () => () => undefined;

/** Whether the keyboard has ⌘ in the place of Ctrl. */
export function useIsApple(): boolean {
  return useSyncExternalStore(
    never,
    () => /Mac|iPhone|iPad/.test(navigator.platform),
    () => false,
  );
}
