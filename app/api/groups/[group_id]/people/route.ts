import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import * as members from '@/lib/server/people/groups/changeMembers';
import { groupAnswer } from '@/lib/server/people/groups/groupAnswer';
import { requireGroup } from '@/lib/server/people/groups/store';
import { database } from '@/lib/server/platform/database';
import { changeMembers } from '@/lib/shared/contract/groups';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  PUT: route(changeMembers, async ({ params: { group_id: groupId }, body: { member, person_ids, matching } }) => {
    const db = await database();
    const who = person_ids ? { personIds: person_ids } : { search: matching?.q, groupId: matching?.group_id };
    const changed = await members.changeMembers(db, { groupId, member, who });
    return { ...groupAnswer(await requireGroup(db, groupId)), changed };
  }),
});
