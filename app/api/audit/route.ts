import { auditList } from '@/lib/server/audit/auditList';
import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { listAudit } from '@/lib/shared/contract/audit';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(listAudit, ({ query, request }) => auditList(query, request)),
});
