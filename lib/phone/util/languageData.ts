const TIME: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' };

let numbers: Intl.NumberFormat | undefined;
let times: Intl.DateTimeFormat | undefined;

/*
 * Made once: each loads language data, and `toLocaleString` may do so every time. The first of a process takes Chromium
 * 20 ms, on a busy machine 50, so a worker of the page makes them before the page does, which takes it no time then.
 */

/** How numbers are written here. */
export const numberFormat = (): Intl.NumberFormat => (numbers ??= new Intl.NumberFormat());

/** How hours and minutes are written here. */
export const timeFormat = (): Intl.DateTimeFormat => (times ??= new Intl.DateTimeFormat(undefined, TIME));

/** Called in a worker: what the browser's process loads for one thread, it has for all. */
export function loadLanguageData(): void {
  numberFormat().format(0);
  timeFormat().format(0);
}
