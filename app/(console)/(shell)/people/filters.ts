import { z } from 'zod';

/** Supported query parameters. Invalid values fall back to the defaults. */
export const peopleFilters = z.object({
  q: z.string().max(200).catch(''),
  /** Id of a group. */
  group: z
    .string()
    .regex(/^[1-9]\d{0,14}$/)
    .catch(''),
  order: z.enum(['newest', 'name']).catch('newest'),
});

export type PeopleFilters = z.infer<typeof peopleFilters>;
