/** What was found out about one thing. */
export interface Finding {
  what: string;
  /** `note`: works, and is worth knowing; `problem`: something will not work. */
  state: 'ok' | 'note' | 'problem';
  /** What is, in a few words. */
  is: string;
  /** What to do about it; empty where nothing has to be done. */
  advice?: string;
}

export const ok = (what: string, is: string): Finding => ({ what, state: 'ok', is });
export const note = (what: string, is: string, advice?: string): Finding => ({ what, state: 'note', is, advice });
export const problem = (what: string, is: string, advice: string): Finding => ({ what, state: 'problem', is, advice });

/** The message of anything thrown, in one line; drivers leave it empty where only the code says what happened. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const [first = ''] = error.message.split('\n');
  return first || ('code' in error ? String(error.code) : error.name);
}
