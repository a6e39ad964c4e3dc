import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { groupAnswer } from '@/lib/server/people/groups/groupAnswer';
import * as groups from '@/lib/server/people/groups/store';
import { database } from '@/lib/server/platform/database';
import { changeGroup, deleteGroup } from '@/lib/shared/contract/groups';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  PATCH: route(changeGroup, async ({ params, body }) =>
    groupAnswer(await groups.changeGroup(await database(), params.group_id, body)),
  ),
  DELETE: route(deleteGroup, async ({ params }) => {
    await groups.deleteGroup(await database(), params.group_id);
    return {};
  }),
});
