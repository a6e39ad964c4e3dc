import { listDuplicates } from '@/lib/contract/people';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';
import * as duplicates from '@/lib/people/duplicates/listDuplicates';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(listDuplicates, ({ query }) => duplicates.listDuplicates(query.limit)),
});
