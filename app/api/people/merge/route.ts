import { mergePeople } from '@/lib/contract/people';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';
import { personAnswer } from '@/lib/people/personAnswer';
import * as people from '@/lib/people/store';
import { database } from '@/lib/server/database';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: route(mergePeople, async ({ body }) => personAnswer(await people.mergePeople(await database(), body))),
});
