'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import type { PickedPerson } from '../_components/people/PersonPicker';
import { mergeLater } from './mergeLater';
import { REVIEW_QUERY } from './useReview';

/**
 * Returns a function that merges two people after ten seconds, in which the user can undo it. The function returns
 * whether the merge began. `onBack` is called when the merge is undone or fails.
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
          queries.invalidateQueries({ queryKey: REVIEW_QUERY }),
        ]);
        router.refresh();
      },
    });
}
