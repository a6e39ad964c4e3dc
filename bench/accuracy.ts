import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { distance as encodingDistance } from '@kith/sdk';
import { Recogniser } from '@/lib/server/vision/recogniser';
import { encodePhotos } from './accuracy/encodePhotos';
import { type Labelled, readLabelled } from './accuracy/labelled';
import { pairDistances } from './accuracy/pairDistances';
import { atFar, equalErrorRate, rocPoints } from './accuracy/roc';
import { rocSvg } from './accuracy/rocSvg';

/**
 * Measures how well Kith tells people apart on a folder of labelled pictures: `npm run bench:accuracy DIR`. Prints one
 * JSON line and writes the ROC curve to `bench/out/roc.svg`. The target is dlib's own pipeline: on 100 portraits it
 * reached an equal error rate of 0.7 %, a TAR of 97.1 to 97.8 % at FAR 1e-3, and rank-1 100 %.
 */

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error('usage: npm run bench:accuracy DIR\nDIR holds a folder a person, or pictures and a pairs.csv');
  process.exit(2);
}

const labelled = await readLabelled(folder);
const recogniser = await Recogniser.load();
const encodings = await encodePhotos(recogniser, labelled.photos);
await recogniser.close();

const missed = labelled.photos.filter((photo) => !encodings.has(photo));
for (const photo of missed) console.error(`no face found: ${path.basename(photo)}`);

const distances = pairDistances(labelled, encodings);
const points = rocPoints(distances);
const at = (far: number) => {
  const { tar, threshold } = atFar(points, far);
  return { tar: round(tar), threshold: round(threshold) };
};
const out = path.join('bench', 'out', 'roc.svg');
await mkdir(path.dirname(out), { recursive: true });
await writeFile(out, rocSvg(points, `Kith on ${labelled.photos.length} pictures, ${labelled.pairs.length} pairs`));

console.log(
  JSON.stringify({
    bench: 'accuracy',
    photos: labelled.photos.length,
    found: encodings.size,
    genuine: distances.genuine.length,
    impostor: distances.impostor.length,
    eer: round(equalErrorRate(points)),
    'tar@far=1e-2': at(1e-2),
    'tar@far=1e-3': at(1e-3),
    'tar@far=0': at(0),
    widest_genuine: round(Math.max(...distances.genuine)),
    nearest_impostor: round(Math.min(...distances.impostor)),
    all_right_at_one_threshold: Math.max(...distances.genuine) < Math.min(...distances.impostor),
    rank1: round(rank1(labelled, encodings)),
    plot: out,
  }),
);

/**
 * Rank-1 rate: among photos with another photo of the same person, the fraction whose nearest other photo shows that
 * person.
 */
function rank1({ personOf }: Labelled, known: Map<string, Float32Array>): number {
  let asked = 0;
  let right = 0;
  for (const [photo, person] of personOf) {
    const others = [...personOf].filter(([other]) => other !== photo);
    if (!others.some(([, someone]) => someone === person)) continue;
    asked++;
    const probe = known.get(photo);
    if (!probe) continue;
    const distanceTo = (other: string) => {
      const encoding = known.get(other);
      return encoding ? encodingDistance(probe, encoding) : Number.POSITIVE_INFINITY;
    };
    const [nearest] = others.reduce((best, next) => (distanceTo(next[0]) < distanceTo(best[0]) ? next : best));
    if (personOf.get(nearest) === person) right++;
  }
  return asked ? right / asked : Number.NaN;
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
