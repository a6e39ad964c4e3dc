import type { RowChoice } from '@/db/schema';

/** Returns what a row stores of `if_different`. */
export const choiceOf = (ifDifferent: 'refuse' | 'keep'): RowChoice | null =>
  ifDifferent === 'keep' ? { keepDifferent: true } : null;
