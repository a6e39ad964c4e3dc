import { z } from 'zod';

/** Supported query parameters. Invalid values fall back to the defaults. */
export const groupFilters = z.object({ q: z.string().max(100).catch('') });

export type GroupFilters = z.infer<typeof groupFilters>;
