import type { Pairing, ServerSettings } from '@/lib/phone/store/records';

/**
 * Returns the settings to store with a new pairing: the server's, but with the groups of the former pairing, whose
 * gallery is still stored. The next sync compares these groups with the server's. It erases the faces that this phone
 * may no longer have ({@link followLimit}), then stores the server's groups.
 * @param former null if this phone was not paired; `damaged` if its groups cannot be read, so that it may store anybody
 */
export function keepLimit(settings: ServerSettings, former: Pairing | 'damaged' | null): ServerSettings {
  if (former === null) return settings;
  if (former === 'damaged') return { ...settings, groups: null, group_ids: null };
  const { groups = null, group_ids } = former.settings;
  // Without the ids of the former pairing, the names are compared.
  return { ...settings, groups, group_ids };
}
