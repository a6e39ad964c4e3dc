import { pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant } from './columns';

/** What somebody looked at in the review and left as it is. It is not shown again. */
export const reviewDecisions = pgTable(
  'review_decisions',
  {
    /** As `lib/shared/contract/review.ts` has it. */
    kind: text('kind').notNull(),
    /** The id of a sample, person, import or device; with a state where another state is to be shown again. */
    subject: text('subject').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.subject] })],
);
