'use client';
import { useSyncExternalStore } from 'react';

const never = () => () => undefined;

/**
 * Whether the page has come alive in the browser. Before that, what is typed into a field that the server filled would
 * be mixed with what its form puts there.
 */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
