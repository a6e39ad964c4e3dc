'use client';
import { useQuery } from '@tanstack/react-query';
import { listReview } from '@/lib/shared/contract/review';
import { call } from './api';

/** Key under which the review is cached. */
export const REVIEW_QUERY = ['review'];

/** Polling interval while the server searches the samples, ms. */
const AGAIN_MS = 1_000;

/**
 * Returns what needs a decision; `items` is undefined before the first response. The server searches some samples per
 * request, so this polls, and items may follow until `isComplete`.
 */
export function useReview() {
  const { data, error, refetch } = useQuery({
    queryKey: REVIEW_QUERY,
    queryFn: () => call(listReview),
    refetchInterval: ({ state }) => (state.data?.complete === false ? AGAIN_MS : false),
  });
  return { items: data?.items, isComplete: data?.complete === true, error, refetch };
}
