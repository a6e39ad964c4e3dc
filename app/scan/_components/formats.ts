import { numberFormat, timeFormat } from '@/lib/scan/languageData';

/** 12,345 in the reader's own way of writing. */
export const count = (value: number): string => numberFormat().format(value);

/** Hours and minutes of an RFC 3339 time, in the reader's own way of writing. */
export const timeOfDay = (at: string): string => timeFormat().format(new Date(at));
