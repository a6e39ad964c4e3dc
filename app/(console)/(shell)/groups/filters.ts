import { z } from 'zod';
import { isStorableText } from '@/lib/shared/contract/json';

/** Supported query parameters. Invalid values fall back to the defaults. */
export const groupFilters = z.object({ q: z.string().max(100).refine(isStorableText).catch('') });

export type GroupFilters = z.infer<typeof groupFilters>;
