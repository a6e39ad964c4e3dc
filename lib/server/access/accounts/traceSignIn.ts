import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Database } from '@/db/client';
import { type Actor, recordAudit } from '@/lib/server/audit/recordAudit';
import { log } from '@/lib/server/platform/log';
import { processWide } from '@/lib/server/platform/processWide';
import type { AuditRecord } from '@/lib/shared/contract/auditRecord';

/** The account concerned; null for an email without an account. */
export type Subject = { id: number; email: string } | null;

interface Where {
  address: string;
}

/** Records a sign-in. */
export async function traceSignedIn(
  db: Database,
  user: NonNullable<Subject>,
  { address, known }: Where & { known: boolean },
) {
  log().info({ user_id: user.id, address, known_browser: known }, 'signed in');
  await write(db, user, user, address, { action: 'session.sign_in', details: { known_browser: known } });
}

/** Records a sign-out. */
export async function traceSignedOut(db: Database, user: NonNullable<Subject>, { address }: Where) {
  log().info({ user_id: user.id, address }, 'signed out');
  await write(db, user, user, address, { action: 'session.sign_out' });
}

/**
 * Records a wrong password. Each gets a line in the log. The audit log gets the first five of an hour for an account,
 * then the 10th, 20th, 50th, 100th and so on, with their number, so that nobody can fill it. The typed email appears in
 * neither unless an account has it, because it may be a password.
 * @param failures number of failures in this hour: of the account, or of all emails without an account
 */
export async function traceFailure(
  db: Database,
  subject: Subject,
  { address, failures }: Where & { failures: number },
) {
  log().info({ user_id: subject?.id ?? null, address, failures }, 'sign-in failed');
  if (!isTold(failures)) return;
  await write(db, null, subject, address, {
    action: 'session.sign_in_failed',
    details: { failures, ...(subject === null && { account: 'unknown' }) },
  });
}

/** Records that a signed-in user sent a wrong current password. As often as {@link traceFailure}. */
export async function traceWrongCurrent(
  db: Database,
  user: NonNullable<Subject>,
  { address, failures }: Where & { failures: number },
) {
  log().info({ user_id: user.id, address, failures }, 'current password wrong');
  if (isTold(failures))
    await write(db, user, user, address, { action: 'account.password_wrong', details: { failures } });
}

/**
 * Records an attempt that was refused before the password was checked. Each gets a line in the log. The audit log gets
 * one an hour for each account and server.
 */
export async function traceThrottled(
  db: Database,
  subject: Subject,
  { address, waitSeconds }: Where & { waitSeconds: number },
) {
  log().info({ user_id: subject?.id ?? null, address, wait_s: waitSeconds }, 'sign-in throttled');
  try {
    await oncePerHour().consume(String(subject?.id ?? 'unknown'));
  } catch (reason) {
    if (reason instanceof RateLimiterRes) return;
    throw reason;
  }
  await write(db, null, subject, address, {
    action: 'session.throttled',
    details: { wait_seconds: waitSeconds, ...(subject === null && { account: 'unknown' }) },
  });
}

const oncePerHour = () =>
  processWide('throttledTold', () => new RateLimiterMemory({ keyPrefix: 'told', points: 1, duration: 3600 }));

/** 1 to 5, then 10, 20, 50, 100, 200, … */
export function isTold(failures: number): boolean {
  if (failures <= 5) return true;
  const power = 10 ** Math.floor(Math.log10(failures) + 1e-9);
  return [1, 2, 5].some((digit) => failures === digit * power);
}

function write(
  db: Database,
  by: Subject,
  subject: Subject,
  address: string,
  record: Pick<AuditRecord, 'action' | 'details'>,
): Promise<void> {
  const actor: Actor =
    by === null
      ? { kind: 'system', id: null, name: 'nobody signed in', address }
      : { kind: 'user', id: String(by.id), name: by.email, address };
  return recordAudit(actor, { ...record, subjectKind: 'user', subjectId: subject?.id ?? null }, db);
}
