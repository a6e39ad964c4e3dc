import { methods } from '@/lib/server/http/methods';
import { route } from '@/lib/server/http/route';
import { personAnswer, personFields } from '@/lib/server/people/personAnswer';
import * as people from '@/lib/server/people/store';
import { database } from '@/lib/server/platform/database';
import { deletePerson, readPerson, updatePerson } from '@/lib/shared/contract/people';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(readPerson, async ({ params, caller }) =>
    personAnswer(await people.getPerson(await database(), params.person_id, caller)),
  ),
  PATCH: route(updatePerson, async ({ params, body, caller }) =>
    personAnswer(await people.updatePerson(await database(), params.person_id, personFields(body), caller)),
  ),
  DELETE: route(deletePerson, async ({ params, caller }) => {
    const { deletedFaces } = await people.deletePerson(await database(), params.person_id, caller);
    return { deleted_faces: deletedFaces.length };
  }),
});
