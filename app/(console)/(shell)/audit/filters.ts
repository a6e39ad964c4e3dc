import { z } from 'zod';

/** Supported query parameters. Invalid values fall back to the defaults. */
export const auditFilters = z.object({
  actor: z.string().max(200).catch(''),
  action: z.string().max(100).catch(''),
  from: z.iso.date().optional().catch(undefined),
  to: z.iso.date().optional().catch(undefined),
});

export type AuditFilterValues = z.infer<typeof auditFilters>;
