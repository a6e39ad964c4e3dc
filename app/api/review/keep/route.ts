import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { database } from '@/lib/server/platform/database';
import * as review from '@/lib/server/review/keepReviewItem';
import { keepReviewItem } from '@/lib/shared/contract/review';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(keepReviewItem, async ({ body }) => {
    await review.keepReviewItem(await database(), body);
    return {};
  }),
});
