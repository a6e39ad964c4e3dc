import type { DownloadProgress } from '@/lib/phone/offline/assetCache';
import { numberFormat, timeFormat } from '@/lib/phone/util/languageData';

/** 12,345 in the reader's own way of writing. */
export const count = (value: number): string => numberFormat().format(value);

/** Hours and minutes of an RFC 3339 time, in the reader's own way of writing. */
export const timeOfDay = (at: string): string => timeFormat().format(new Date(at));

/** How much of the models is here, in whole percent. */
export const shareOf = (progress: DownloadProgress | null): number =>
  progress ? Math.floor((100 * progress.done) / progress.total) : 0;
