/**
 * Remembers outside of the database that this phone is paired, and how many recognitions wait to be sent. A browser that
 * runs out of space deletes the database as a whole; then this says what is lost. It describes no person.
 */
const KEY = 'kith-paired';

/** @param unsent recognitions and enrolments that the server has not confirmed */
export function markPaired(unsent: number): void {
  localStorage.setItem(KEY, String(unsent));
}

/** Returns the number of unsent recognitions that a paired phone had at last; null where none was paired. */
export function readPairedMark(): number | null {
  const text = localStorage.getItem(KEY);
  return text === null ? null : Number(text) || 0;
}

export function removePairedMark(): void {
  localStorage.removeItem(KEY);
}
