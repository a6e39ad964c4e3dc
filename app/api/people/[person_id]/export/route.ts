import { exportPerson } from '@/lib/contract/transfer';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';
import { exportedPerson } from '@/lib/transfer/transferAnswers';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(exportPerson, ({ params, query }) => exportedPerson(params.person_id, query)),
});
