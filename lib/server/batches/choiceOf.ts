import type { RowChoice } from '@/db/schema';

/** What a row keeps of `if_different`. */
export const choiceOf = (ifDifferent: 'refuse' | 'keep'): RowChoice | null =>
  ifDifferent === 'keep' ? { keepDifferent: true } : null;
