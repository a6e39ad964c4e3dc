import { backUp } from '@/lib/contract/transfer';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';
import { backedUp } from '@/lib/transfer/transferAnswers';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(backUp, () => backedUp()),
});
