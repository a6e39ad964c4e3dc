import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { PHOTOS, readPhoto } from '../fixtures/photos';
import { expect, test } from '../fixtures/test';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Runs the commands of a page's block against a server. Returns their output. */
async function run(page: string, kith: { url: string; key: string }, pictures: { host: string }) {
  const text = await readFile(ROOT + page, 'utf8');
  const block = /readme\.spec\.ts runs this block\. -->\n```sh\n([\s\S]*?)```/.exec(text)?.[1] ?? '';
  const commands = block
    .replaceAll('http://localhost:3000', kith.url)
    .replaceAll('127.0.0.1:8090', pictures.host)
    .replaceAll('try-me', kith.key)
    .split(/^# .*$/m)
    .filter((command) => command.trim() !== '');
  const answers = [];
  for (const command of commands) {
    const { stdout } = await promisify(execFile)('bash', ['-ec', command], { cwd: ROOT });
    answers.push(JSON.parse(stdout));
  }
  return answers;
}

test('the README’s calls do what it says', async ({ kith, pictures }) => {
  const answers = await run('README.md', kith, pictures);
  expect(answers).toHaveLength(2);
  const [enrolled, matched] = answers;
  expect(enrolled.person).toMatchObject({ user_id: '7', name: 'Franck' });
  expect(matched.faces).toMatchObject([{ face_id: enrolled.face_id, person: { name: 'Franck' } }]);
});

test('the first calls of docs/api.md do what it says', async ({ kith, pictures }) => {
  // `npm run photos` serves these files under the names that the page uses.
  const names = {
    'franck-1.jpg': PHOTOS.franck[0],
    'franck-2.jpg': PHOTOS.franck[1],
    'audrey-1.jpg': PHOTOS.audrey[0],
    'audrey-2.jpg': PHOTOS.audrey[1],
  };
  for (const [name, photo] of Object.entries(names)) {
    const bytes = await readPhoto(photo);
    pictures.route(`/${name}`, (_, response) => response.writeHead(200, { 'Content-Type': 'image/jpeg' }).end(bytes));
  }
  const answers = await run('docs/api.md', kith, pictures);
  expect(answers).toHaveLength(5);
  const [enrolled, matched, file, verified, feed] = answers;
  expect(enrolled.person).toMatchObject({ user_id: '7', name: 'Franck' });
  expect(matched.faces).toMatchObject([{ face_id: enrolled.face_id, person: { name: 'Franck' } }]);
  expect(file.faces.length).toBeGreaterThan(1);
  expect(verified).toMatchObject({ match: true });
  expect(feed.faces).toMatchObject([{ faceId: enrolled.face_id, personName: 'Franck' }]);
});
