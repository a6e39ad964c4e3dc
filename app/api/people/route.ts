import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import * as list from '@/lib/server/people/listPeople';
import { personAnswer, personFields } from '@/lib/server/people/personAnswer';
import * as people from '@/lib/server/people/store';
import { database } from '@/lib/server/platform/database';
import { createPerson, listPeople } from '@/lib/shared/contract/people';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(listPeople, async ({ query: { q, group_id: groupId, ...rest }, caller }) => {
    const page = await list.listPeople(await database(), { ...rest, search: q, groupId, caller });
    return { people: page.people.map(personAnswer), next_cursor: page.nextCursor };
  }),
  POST: route(createPerson, async ({ body, caller }) =>
    personAnswer(await people.createPerson(await database(), personFields(body), caller)),
  ),
});
