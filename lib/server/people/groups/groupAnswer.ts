import type { z } from 'zod';
import type { Group } from '@/db/schema';
import type { group as groupSchema } from '@/lib/shared/contract/groups';

/** Returns a group for a response. */
export function groupAnswer(group: Group): z.input<typeof groupSchema> {
  return {
    group_id: group.id,
    name: group.name,
    colour: group.colour,
    note: group.note,
    people: group.people,
    created_at: group.createdAt.toISOString(),
    updated_at: group.updatedAt.toISOString(),
  };
}
