import { auditRecordOf } from '@/lib/audit/auditedCalls';
import { actorOf, recordAudit } from '@/lib/audit/recordAudit';
import type { Operation } from '@/lib/contract/operation';
import { env } from '@/lib/env';
import { clientAddress } from './clientAddress';
import type { Principal } from './principal';

interface Finished {
  params: unknown;
  body: unknown;
  principal: Principal | null;
  request: Request;
}

/** What follows from a call that succeeded: its line in the audit log. */
export async function afterCall(operation: Operation, finished: Finished, answer: unknown): Promise<void> {
  const { params, body, principal } = finished;
  const userId = principal?.kind === 'session' ? principal.id : null;
  const record = auditRecordOf(operation.id, { params, body, answer, userId });
  if (record === null) return;
  const address = clientAddress(finished.request, { trustedProxies: env().TRUSTED_PROXIES });
  await recordAudit(actorOf(finished.principal, address), record);
}
