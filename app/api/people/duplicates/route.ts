import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import * as duplicates from '@/lib/server/people/duplicates/listDuplicates';
import { listDuplicates } from '@/lib/shared/contract/people';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(listDuplicates, ({ query }) => duplicates.listDuplicates(query.limit)),
});
