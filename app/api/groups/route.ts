import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { groupAnswer } from '@/lib/server/people/groups/groupAnswer';
import * as groups from '@/lib/server/people/groups/store';
import { database } from '@/lib/server/platform/database';
import { createGroup, listGroups } from '@/lib/shared/contract/groups';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(listGroups, async ({ query, caller }) => {
    const found = await groups.listGroups(await database(), { search: query.q, caller });
    return { groups: found.map(groupAnswer) };
  }),
  POST: route(createGroup, async ({ body }) => groupAnswer(await groups.createGroup(await database(), body))),
});
