import { createPerson, listPeople } from '@/lib/contract/people';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';
import * as list from '@/lib/people/listPeople';
import { personAnswer, personFields } from '@/lib/people/personAnswer';
import * as people from '@/lib/people/store';
import { database } from '@/lib/server/database';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(listPeople, async ({ query: { q, ...rest } }) => {
    const page = await list.listPeople(await database(), { ...rest, search: q });
    return { people: page.people.map(personAnswer), next_cursor: page.nextCursor };
  }),
  POST: route(createPerson, async ({ body, caller }) =>
    personAnswer(await people.createPerson(await database(), personFields(body), caller)),
  ),
});
