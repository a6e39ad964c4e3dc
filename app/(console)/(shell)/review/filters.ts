import { z } from 'zod';
import { REVIEW_KINDS } from '@/lib/shared/contract/review';

/** Supported query parameters. Invalid values fall back to the defaults. */
export const reviewFilters = z.object({ kind: z.enum(REVIEW_KINDS).optional().catch(undefined) });
