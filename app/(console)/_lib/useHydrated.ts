'use client';
import { useSyncExternalStore } from 'react';

const never = () => () => undefined;

/**
 * Returns whether React has hydrated. Before that, text typed into a prefilled field would be mixed with the form's
 * initial value.
 */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
