'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import type { PickedPerson } from '../_components/people/PersonPicker';
import { mergeLater } from './mergeLater';

/**
 * Returns a function that merges two people after ten seconds, in which it can be undone. It answers whether it begins;
 * `onBack` is called when the merge is undone or fails.
 */
export function useMergeSoon() {
  const router = useRouter();
  const queries = useQueryClient();

  return (from: PickedPerson, into: PickedPerson, onBack?: () => void): boolean =>
    mergeLater(from, into, {
      onBack,
      after: async () => {
        await Promise.all([
          queries.invalidateQueries({ queryKey: ['people'] }),
          queries.invalidateQueries({ queryKey: ['review'] }),
        ]);
        router.refresh();
      },
    });
}
