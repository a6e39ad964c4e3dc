import type { DownloadProgress } from '@/lib/phone/offline/assetCache';
import { numberFormat, timeFormat } from '@/lib/phone/util/languageData';

/** Formats a number in the user's locale, such as 12,345. */
export const count = (value: number): string => numberFormat().format(value);

/** Formats hours and minutes of an RFC 3339 time in the user's locale. */
export const timeOfDay = (at: string): string => timeFormat().format(new Date(at));

/** Returns the progress of the model download, in whole per cent. */
export const shareOf = (progress: DownloadProgress | null): number =>
  progress ? Math.floor((100 * progress.done) / progress.total) : 0;
