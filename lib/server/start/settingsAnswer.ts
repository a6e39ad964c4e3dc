import { getGallery, getGalleryChoice } from '@/lib/server/gallery/gallery';
import { env } from '@/lib/server/platform/env';
import { currentSettings, fixedNames } from '@/lib/server/settings/currentSettings';
import type { SettingsAnswer } from '@/lib/shared/contract/settings';

/** Returns the current settings, which of them the environment decides, and the gallery in use. */
export async function settingsAnswer(): Promise<SettingsAnswer> {
  const [settings, gallery, choice] = await Promise.all([currentSettings(), getGallery(), getGalleryChoice()]);
  const { samples, bytes } = gallery.stats();
  return { ...settings, fixed: fixedNames(), gallery: { setting: env().GALLERY, ...choice, samples, bytes } };
}
