import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { exportedPerson } from '@/lib/server/transfer/transferAnswers';
import { exportPerson } from '@/lib/shared/contract/transfer';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(exportPerson, ({ params, query }) => exportedPerson(params.person_id, query)),
});
