/** What the audit log keeps of an act. */
export interface AuditRecord {
  /** `person.delete`, `sample.create`, … */
  action: string;
  /** `person`, `sample`, `user`, `key`, … */
  subjectKind: string;
  subjectId?: string | number | null;
  /** What changed; never a biometric value, a secret or a person's name. */
  details?: Record<string, string | number | boolean | null>;
}

/** A call that succeeded. */
export interface FinishedCall<Params, Body, Answer> {
  params: Params;
  body: Body;
  answer: Answer;
  /** The signed-in user who asks; null for anybody else. */
  userId: string | null;
}

/** The names of a body's fields, as the log keeps them of a change: what they were set to is not in it. */
export const changedFields = (body: object): string => Object.keys(body).sort().join(', ');
