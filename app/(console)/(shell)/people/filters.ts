import { z } from 'zod';

/** What the page understands of its address. Anything else falls back to the default. */
export const peopleFilters = z.object({
  q: z.string().max(200).catch(''),
  order: z.enum(['newest', 'name']).catch('newest'),
});

export type PeopleFilters = z.infer<typeof peopleFilters>;
