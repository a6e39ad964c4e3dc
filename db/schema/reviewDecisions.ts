import { pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant } from './columns';

/** A finding of the review that somebody examined and left unchanged. It is not shown again. */
export const reviewDecisions = pgTable(
  'review_decisions',
  {
    /** As defined in `lib/shared/contract/review.ts`. */
    kind: text('kind').notNull(),
    /**
     * The id of a sample, person, import or device. It includes a state if the finding should return in another state.
     */
    subject: text('subject').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.subject] })],
);
