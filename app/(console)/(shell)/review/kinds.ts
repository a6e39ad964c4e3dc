import { REVIEW_LIMIT, type ReviewItem, type ReviewKind } from '@/lib/shared/contract/review';
import { wholeTrust } from '@/lib/shared/trust/wholeTrust';
import { nameOf } from '../../_components/people/nameOf';

/** Labels of the kinds, for the filter and the counts. */
export const KIND_LABELS: Record<ReviewKind, string> = {
  device: 'Devices silent or outdated',
  outlier: 'Samples unlike the others',
  duplicate: 'Likely duplicates',
  import: 'Failed imports',
  consent_ending: 'Consent ending or ended',
  poor: 'Poor samples',
  single: 'People with one sample',
  consent_missing: 'Consent missing',
};

/** A count of items of one kind: lists are cut off. */
export const countText = (count: number): string => (count >= REVIEW_LIMIT ? `${REVIEW_LIMIT}+` : String(count));

/** What an item is about. */
export function titleOf(item: ReviewItem): string {
  if (item.kind === 'duplicate' && item.person && item.other_person) {
    return `${nameOf(item.person)} and ${nameOf(item.other_person)}`;
  }
  return item.person ? nameOf(item.person) : (item.name ?? item.subject);
}

/** Why it is asked about. */
export function reasonOf(item: ReviewItem, now = Date.now()): string {
  const { kind, value, at } = item;
  switch (kind) {
    case 'device':
      if (item.outdated) return 'This device must be updated: it takes everybody for unknown.';
      return at === null ? 'This device has never been in contact.' : `No contact since ${dayOf(at)}.`;
    case 'outlier':
      return `This sample does not look like the others: trust ${wholeTrust(value ?? 0)} of 100. It may be someone else.`;
    case 'duplicate':
      return `Their samples match: trust ${wholeTrust(value ?? 0)} of 100. It may be one person.`;
    case 'import':
      return value === 1 ? '1 row failed.' : `${value} rows failed.`;
    case 'consent_ending':
      return at !== null && Date.parse(at) < now ? `Consent ended on ${dayOf(at)}.` : `Consent ends on ${dayOf(at)}.`;
    case 'poor':
      return `This sample is poor: quality ${Math.round((value ?? 0) * 100)} of 100. Recognition is less sure with it.`;
    case 'single':
      return 'Has one sample. Three to five work best.';
    case 'consent_missing':
      return 'No consent is recorded.';
  }
}

/** Where to look at it. */
export function hrefOf(item: ReviewItem): string {
  if (item.device_id !== null) return '/devices';
  if (item.import_id !== null) return `/import/${item.import_id}`;
  return item.person ? `/people/${item.person.person_id}` : '/';
}

const dayOf = (at: string | null) =>
  at === null
    ? ''
    : new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
