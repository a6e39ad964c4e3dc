/*
 * npm run bench:scan [-- --minutes=10 --faces=10000,100000 --only=visits,arrival,pace,name,cold,memory]
 *
 * Measures the phone's page in Chromium with a fake camera, against the built server on this machine:
 * - the time until a gallery has arrived, and the bytes per face;
 * - frames per second with one face and with three, next to face-api's default pipeline on the same films;
 * - the time from a face's first frame to its name;
 * - the time from a cold start without the server to the first name;
 * - the longest task of the page's thread in each;
 * - whether memory grows.
 *
 * Prints one line of JSON each. The first size is measured completely, the others only on arrival.
 */
import { parseArgs } from 'node:util';
import { createDevice } from '@/lib/shared/contract/devices';
import { enrolFace } from '@/lib/shared/contract/faces';
import { Client } from '../e2e/fixtures/client';
import { PHOTOS, photoDataUrl } from '../e2e/fixtures/photos';
import type { KithServer } from '../e2e/fixtures/server';
import { withServer } from './lib/benchServer';
import { printLine } from './lib/printLine';
import { arrival } from './scan/arrival';
import { watchBlocks } from './scan/blocks';
import { coldStart } from './scan/coldStart';
import { firstVisits } from './scan/firstVisits';
import { memory } from './scan/memory';
import { openPhone } from './scan/openPhone';
import { pace } from './scan/pace';
import { timeToName } from './scan/timeToName';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    faces: { type: 'string', default: '10000,100000' },
    only: { type: 'string', default: 'visits,arrival,pace,name,cold,memory' },
  },
});
const wanted = new Set(values.only.split(','));
const [inFull = 10_000, ...further] = values.faces.split(',').map(Number);

await withServer({ samples: inFull }, (server) => measureInFull(server, inFull));
for (const faces of further) {
  await withServer({ samples: faces }, async (server) => {
    const phone = await openPhone('nobody');
    await watchBlocks(phone.page);
    printLine(await arrival(phone, await pairingUrl(server), faces));
    await phone.close();
  });
}
process.exit(0);

async function measureInFull(server: KithServer, faces: number): Promise<void> {
  await new Client(server.url, server.key).call(enrolFace, {
    fields: {
      image_url: await photoDataUrl(PHOTOS.franck[0]),
      unique_args: { user_id: 'franck', user_name: 'Franck' },
    },
  });
  if (wanted.has('visits')) printLine(await firstVisits(() => pairingUrl(server)));
  const phone = await openPhone('franck');
  const show = async (film: 'franck' | 'three' | 'appearing') => {
    await phone.restart({ film });
    await watchBlocks(phone.page);
  };
  const url = `${server.url}/scan`;
  await watchBlocks(phone.page);
  const arrived = await arrival(phone, await pairingUrl(server), faces);
  if (wanted.has('arrival')) printLine(arrived);
  await phone.recognises('Franck');
  await phone.isReadyForOffline();
  if (wanted.has('pace')) {
    for (const [film, aim] of [
      ['franck', 20],
      ['three', 10],
    ] as const) {
      await show(film);
      await phone.page.goto(url);
      printLine(await pace(phone, { film, aim }));
    }
  }
  if (wanted.has('name')) {
    await show('appearing');
    await phone.page.goto(url);
    printLine(await timeToName(phone));
  }
  await server.kill();
  if (wanted.has('cold')) printLine(await coldStart(phone, url, faces));
  if (wanted.has('memory')) {
    await show('franck');
    await phone.page.goto(url);
    await phone.recognises('Franck');
    printLine(await memory(phone.page, Number(values.minutes)));
  }
  await phone.close();
}

async function pairingUrl({ url, key }: KithServer): Promise<string> {
  const { body } = await new Client(url, key).call(createDevice, { fields: { name: 'Bench' } });
  return String(body.pairing_url);
}
