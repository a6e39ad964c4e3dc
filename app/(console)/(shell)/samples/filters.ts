import { z } from 'zod';
import { QUALITY_BANDS } from '@/lib/shared/contract/qualityBand';

/** Supported query parameters. Invalid values fall back to the defaults. */
export const sampleFilters = z.object({
  q: z.string().max(200).catch(''),
  order: z.enum(['newest', 'oldest', 'best', 'worst']).catch('newest'),
  quality: z.enum(QUALITY_BANDS).optional().catch(undefined),
  owner: z.enum(['all', 'nobody']).catch('all'),
  view: z.enum(['grid', 'table']).catch('grid'),
});

export type SampleFilters = z.infer<typeof sampleFilters>;
