import { bigint, boolean, index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { actorKind } from './audit';
import { id, instant } from './columns';
import { events } from './events';
import { people } from './people';

/** When a person is erased, the row shows that there was a person, but not who. */
const person = (name: string) => bigint(name, { mode: 'number' }).references(() => people.id, { onDelete: 'set null' });

/**
 * A statement about a recognition: who it really was, or that it is right. The newest one that was not taken back is in
 * the event. Each row stores what it replaced, so that the first one keeps what the device recognised.
 */
export const eventCorrections = pgTable(
  'event_corrections',
  {
    id: id(),
    eventId: uuid('event_id')
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    at: instant('at').notNull().defaultNow(),
    byKind: actorKind('by_kind').notNull(),
    byId: text('by_id'),
    /** The user's e-mail or the key's name, at that time. */
    byName: text('by_name').notNull(),
    /**
     * Whether the event showed a known face before. If so, a null `was_person_id` means an unassigned sample or an
     * erased person.
     */
    wasKnown: boolean('was_known').notNull(),
    wasPersonId: person('was_person_id'),
    wasFaceId: bigint('was_face_id', { mode: 'number' }),
    /** Whether the event shows a known face afterwards. */
    known: boolean('known').notNull(),
    personId: person('person_id'),
    faceId: bigint('face_id', { mode: 'number' }),
    /** Whether it confirms the event and changes nothing. */
    confirms: boolean('confirms').notNull().default(false),
    takenBackAt: instant('taken_back_at'),
    takenBackBy: text('taken_back_by'),
  },
  (table) => [
    index('event_corrections_event').on(table.eventId, table.id),
    index('event_corrections_was_person').on(table.wasPersonId),
    index('event_corrections_person').on(table.personId),
  ],
);

export type EventCorrection = typeof eventCorrections.$inferSelect;
