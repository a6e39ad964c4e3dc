import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { backedUp } from '@/lib/server/transfer/transferAnswers';
import { backUp } from '@/lib/shared/contract/transfer';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(backUp, () => backedUp()),
});
