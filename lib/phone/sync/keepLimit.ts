import type { Pairing, ServerSettings } from '@/lib/phone/store/records';

/**
 * Returns the settings to store with a new pairing: those of the server, with the groups of the former pairing, whose
 * gallery is still here. The next sync compares them with the server's, erases what this phone may not have any more
 * ({@link followLimit}), and then stores the new ones.
 * @param former null where this phone was not paired; `damaged` where its groups cannot be read, and anybody may be here
 */
export function keepLimit(settings: ServerSettings, former: Pairing | 'damaged' | null): ServerSettings {
  if (former === null) return settings;
  if (former === 'damaged') return { ...settings, groups: null, group_ids: null };
  const { groups = null, group_ids } = former.settings;
  // Without the ids of the former pairing, the names are compared.
  return { ...settings, groups, group_ids };
}
