import type { contactDevice } from '@/lib/shared/contract/devices';
import type { BodyOf } from '@/lib/shared/contract/operation';
import type { Principal } from '@/lib/shared/contract/principal';

/**
 * The version of matching that a device is treated as having. Pages from before the first change of matching do not tell
 * theirs: it is 1. So it is for a page of this server that knows nothing of groups, on a device that is limited to some:
 * it would go on naming everybody whom it has.
 */
export function matchingOf(
  { matching = 1, app_version, knows_groups = false }: BodyOf<typeof contactDevice>,
  { groups = null }: Pick<Principal, 'groups'>,
): number {
  // Other programs decide for themselves what they keep.
  const isOldPage = app_version !== undefined && !knows_groups;
  return groups !== null && isOldPage ? 1 : matching;
}
