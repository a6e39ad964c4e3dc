import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { importedServer } from '@/lib/server/transfer/transferAnswers';
import { importServer } from '@/lib/shared/contract/transfer';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(importServer, ({ request, query }) => importedServer(request, query)),
});
