import { z } from 'zod';
import { csvFormat, integer, personSummary, timestamp } from './fields';
import { operation } from './operation';

export const auditEntry = z
  .object({
    id: z.int().positive(),
    at: timestamp,
    actor_kind: z.enum(['user', 'key', 'device', 'system']),
    actor_id: z.string().nullable(),
    actor_name: z.string(),
    action: z.string(),
    subject_kind: z.string(),
    subject_id: z.string().nullable(),
    details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    people: z.array(personSummary).meta({
      description: 'The people in it who are still there, as they are called now. The log itself has ids alone.',
    }),
    address: z.string().nullable(),
  })
  .meta({ id: 'AuditEntry' });

const date = z.iso.date('must be a date, YYYY-MM-DD');

export const listAudit = operation({
  id: 'listAudit',
  method: 'get',
  path: '/api/audit',
  tag: 'Audit',
  summary: 'Read the audit log',
  description:
    'Who did what to whom, and when: newest first, paged by cursor. With `Accept: text/csv` the response has all matching entries.',
  scope: 'admin',
  query: z.strictObject({
    cursor: integer({ min: 1, max: Number.MAX_SAFE_INTEGER }).optional(),
    limit: integer({ min: 1, max: 200 }).default(50),
    actor: z.string().max(200).optional().meta({ description: 'Part of the name of whoever did it.' }),
    action: z
      .string()
      .max(100)
      .optional()
      .meta({ description: 'An action such as `person.delete`, or its first word for all of its kind: `person`.' }),
    subject_id: z.string().max(100).optional(),
    from: date.optional(),
    to: date.optional().meta({ description: 'The last day, included.' }),
    format: csvFormat,
  }),
  answer: z.object({ entries: z.array(auditEntry), next_cursor: z.int().nullable() }).meta({ id: 'ListAuditAnswer' }),
  alsoAnswers: ['text/csv'],
  errors: [],
});
