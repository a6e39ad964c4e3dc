import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { personAnswer } from '@/lib/server/people/personAnswer';
import * as people from '@/lib/server/people/store';
import { database } from '@/lib/server/platform/database';
import { mergePeople } from '@/lib/shared/contract/people';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(mergePeople, async ({ body }) => personAnswer(await people.mergePeople(await database(), body))),
});
