import { index, jsonb, pgEnum, pgTable, text } from 'drizzle-orm/pg-core';
import { id, instant } from './columns';

export const actorKind = pgEnum('actor_kind', ['user', 'key', 'device', 'system']);

/**
 * Who did what to whom and when. Append-only: a trigger rejects UPDATE and DELETE (drizzle/, custom migration). People
 * are stored by id only, so that erasing a person leaves no name here. The name is looked up for display.
 */
export const audit = pgTable(
  'audit',
  {
    id: id(),
    at: instant('at').notNull().defaultNow(),
    actorKind: actorKind('actor_kind').notNull(),
    /** The id of the user, key or device. */
    actorId: text('actor_id'),
    /** The user's e-mail, or the name of the key or device, at that time. */
    actorName: text('actor_name').notNull(),
    /** `person.delete`, `sample.create`, … */
    action: text('action').notNull(),
    /** `person`, `sample`, `user`, `key`, … */
    subjectKind: text('subject_kind').notNull(),
    subjectId: text('subject_id'),
    /** The changes. Never a biometric value, a secret or a person's name. */
    details: jsonb('details').$type<Record<string, string | number | boolean | null>>().notNull().default({}),
    address: text('address'),
  },
  (table) => [
    index('audit_at').on(table.at, table.id),
    index('audit_kind').on(table.action, table.actorName, table.at, table.id),
    index('audit_subject_id').on(table.subjectId, table.at, table.id),
  ],
);

export type AuditEntry = typeof audit.$inferSelect;
