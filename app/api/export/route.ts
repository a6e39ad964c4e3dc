import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { exportedServer } from '@/lib/server/transfer/transferAnswers';
import { exportServer } from '@/lib/shared/contract/transfer';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(exportServer, ({ query }) => exportedServer(query)),
});
