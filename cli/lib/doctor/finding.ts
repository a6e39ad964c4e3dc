/** The result of one check. */
export interface Finding {
  what: string;
  /** `note`: works, with a remark. `problem`: something will not work. */
  state: 'ok' | 'note' | 'problem';
  /** Short description of the state. */
  is: string;
  /** What to do. Empty if nothing has to be done. */
  advice?: string;
}

export const ok = (what: string, is: string): Finding => ({ what, state: 'ok', is });
export const note = (what: string, is: string, advice?: string): Finding => ({ what, state: 'note', is, advice });
export const problem = (what: string, is: string, advice: string): Finding => ({ what, state: 'problem', is, advice });

/** Returns the message of an error in one line, or its code if the message is empty, as in errors of some drivers. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const [first = ''] = error.message.split('\n');
  return first || ('code' in error ? String(error.code) : error.name);
}
