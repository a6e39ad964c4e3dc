import type { SettingsAnswer } from '@/lib/contract/settings';
import { env } from '@/lib/env';
import { getGallery, getGalleryChoice } from '@/lib/gallery/gallery';
import { currentSettings, fixedNames } from './currentSettings';

/** The settings as they stand, which of them the environment decides, and the gallery in use. */
export async function settingsAnswer(): Promise<SettingsAnswer> {
  const [settings, gallery, choice] = await Promise.all([currentSettings(), getGallery(), getGalleryChoice()]);
  const { samples, bytes } = gallery.stats();
  return { ...settings, fixed: fixedNames(), gallery: { setting: env().GALLERY, ...choice, samples, bytes } };
}
