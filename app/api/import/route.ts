import { importServer } from '@/lib/contract/transfer';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';
import { importedServer } from '@/lib/transfer/transferAnswers';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(importServer, ({ request, query }) => importedServer(request, query)),
});
