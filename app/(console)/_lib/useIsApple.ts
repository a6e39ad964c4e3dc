'use client';
import { useHydrated } from './useHydrated';

/** Whether the keyboard has ⌘ in the place of Ctrl. */
export function useIsApple(): boolean {
  return useHydrated() && /Mac|iPhone|iPad/.test(navigator.platform);
}
