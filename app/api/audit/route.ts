import { auditList } from '@/lib/audit/auditList';
import { listAudit } from '@/lib/contract/audit';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(listAudit, ({ query, request }) => auditList(query, request)),
});
