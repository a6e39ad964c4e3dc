import type { Database } from '@/db/client';
import { type AuditEntry, audit } from '@/db/schema';
import { database } from '@/lib/server/platform/database';
import type { AuditRecord } from '@/lib/shared/contract/auditRecord';
import type { Principal } from '@/lib/shared/contract/principal';

export interface Actor {
  kind: AuditEntry['actorKind'];
  id: string | null;
  name: string;
  address: string | null;
}

const KINDS = { session: 'user', key: 'key', device: 'device', cron: 'system' } as const;

export function actorOf(principal: Principal | null, address: string | null): Actor {
  if (principal === null) return { kind: 'system', id: null, name: 'nobody signed in', address };
  return { kind: KINDS[principal.kind], id: principal.id, name: principal.name, address };
}

/** Appends to the audit log. */
export async function recordAudit(actor: Actor, record: AuditRecord, db?: Database): Promise<void> {
  await recordAudits(actor, [record], db ?? (await database()));
}

/** Appends several lines in one statement. */
export async function recordAudits(actor: Actor, records: readonly AuditRecord[], db: Database): Promise<void> {
  if (records.length === 0) return;
  await db.insert(audit).values(
    records.map(({ action, subjectKind, subjectId = null, details = {} }) => ({
      actorKind: actor.kind,
      actorId: actor.id,
      actorName: actor.name,
      address: actor.address,
      action,
      subjectKind,
      subjectId: subjectId === null ? null : String(subjectId),
      details,
    })),
  );
}
