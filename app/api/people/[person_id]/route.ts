import { deletePerson, readPerson, updatePerson } from '@/lib/contract/people';
import { methods } from '@/lib/http/methods';
import { route } from '@/lib/http/route';
import { personAnswer, personFields } from '@/lib/people/personAnswer';
import * as people from '@/lib/people/store';
import { database } from '@/lib/server/database';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(readPerson, async ({ params }) =>
    personAnswer(await people.getPerson(await database(), params.person_id)),
  ),
  PATCH: route(updatePerson, async ({ params, body }) =>
    personAnswer(await people.updatePerson(await database(), params.person_id, personFields(body))),
  ),
  DELETE: route(deletePerson, async ({ params }) => {
    const { deletedFaces } = await people.deletePerson(await database(), params.person_id);
    return { deleted_faces: deletedFaces.length };
  }),
});
