import { clientAddress } from '@/lib/server/access/clientAddress';
import { actorOf, recordAudit } from '@/lib/server/audit/recordAudit';
import { env } from '@/lib/server/platform/env';
import type { Operation } from '@/lib/shared/contract/operation';
import type { Principal } from '@/lib/shared/contract/principal';

interface Finished {
  params: unknown;
  body: unknown;
  principal: Principal | null;
  request: Request;
}

/** Writes the line of a successful call into the audit log. */
export async function afterCall(operation: Operation, finished: Finished, answer: unknown): Promise<void> {
  const { params, body, principal } = finished;
  const userId = principal?.kind === 'session' ? principal.id : null;
  const record = operation.audit?.({ params, body, answer, userId });
  if (!record) return;
  const address = clientAddress(finished.request, { trustedProxies: env().TRUSTED_PROXIES });
  await recordAudit(actorOf(finished.principal, address), record);
}
