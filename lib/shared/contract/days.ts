/** Milliseconds of a day of 24 hours. */
export const DAY_MS = 86_400_000;

/** The instant so many days of 24 hours before another. */
export const daysBefore = (instant: Date, days: number): Date => new Date(instant.getTime() - days * DAY_MS);
