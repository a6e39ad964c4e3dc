import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { database } from '@/lib/server/platform/database';
import * as review from '@/lib/server/review/listReview';
import { listReview } from '@/lib/shared/contract/review';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(listReview, async () => review.listReview(await database())),
});
