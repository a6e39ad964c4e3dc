'use client';
import { useHydrated } from './useHydrated';

/** Returns whether the keyboard has ⌘ instead of Ctrl. */
export function useIsApple(): boolean {
  return useHydrated() && /Mac|iPhone|iPad/.test(navigator.platform);
}
