import type { contactDevice } from '@/lib/shared/contract/devices';
import type { BodyOf } from '@/lib/shared/contract/operation';
import type { Principal } from '@/lib/shared/contract/principal';

/**
 * Returns the version of matching that applies to a device. Pages from before the first change of matching do not send
 * it: it is 1. It is also 1 for a page that does not know groups on a device that is limited to some. Such a page would
 * continue to name everybody in its gallery.
 */
export function matchingOf(
  { matching = 1, app_version, knows_groups = false }: BodyOf<typeof contactDevice>,
  { groups = null }: Pick<Principal, 'groups'>,
): number {
  // Other programs decide for themselves which data they keep.
  const isOldPage = app_version !== undefined && !knows_groups;
  return groups !== null && isOldPage ? 1 : matching;
}
