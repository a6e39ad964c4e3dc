let numbers: Intl.NumberFormat | undefined;
let times: Intl.DateTimeFormat | undefined;

/*
 * Made once, and only when first shown: each loads language data, which takes the browser 20 ms, and `toLocaleString`
 * may do so every time.
 */

/** 12,345 in the reader's own way of writing. */
export function count(value: number): string {
  numbers ??= new Intl.NumberFormat();
  return numbers.format(value);
}

/** Hours and minutes of an RFC 3339 time, in the reader's own way of writing. */
export function timeOfDay(at: string): string {
  times ??= new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
  return times.format(new Date(at));
}
