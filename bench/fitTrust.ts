import { writeFile } from 'node:fs/promises';
import { type TrustCalibration, trust } from '@kith/sdk';
import { Recogniser } from '@/lib/server/vision/recogniser';
import { encodePhotos } from './accuracy/encodePhotos';
import { readLabelled } from './accuracy/labelled';
import { pairDistances } from './accuracy/pairDistances';
import { atFar, type Distances, rocPoints } from './accuracy/roc';
import { thresholdCurve } from './accuracy/thresholdCurve';

/**
 * Fits the function from distance to trust on a folder of labelled pictures: `npm run bench:fit-trust DIR`. Prints the
 * constants of `sdk/src/trust.ts`, and writes the curve of the console's settings page to
 * `lib/shared/trust/calibration.json`. Trust 50 is at the distance where one in 1,000 pairs of different people is
 * accepted. The slope is the maximum-likelihood logistic through that point, with equal weights for genuine and
 * impostor pairs.
 */

const FAR = 1e-3;
const CURVE = 'lib/shared/trust/calibration.json';
/** Minimum number of impostor pairs, because the threshold accepts one in 1,000. */
const MIN_IMPOSTORS = 1000;

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error('usage: npm run bench:fit-trust DIR\nDIR holds a folder a person, or pictures and a pairs.csv');
  process.exit(2);
}

const labelled = await readLabelled(folder);
const recogniser = await Recogniser.load();
const distances = pairDistances(labelled, await encodePhotos(recogniser, labelled.photos));
await recogniser.close();

if (distances.impostor.length < MIN_IMPOSTORS) {
  console.error(`${distances.impostor.length} impostor pairs are too few; at least ${MIN_IMPOSTORS} are needed`);
  process.exit(1);
}
const { threshold, tar, far } = atFar(rocPoints(distances), FAR);
const calibration = { distance: round(threshold), slope: likeliestSlope(distances, threshold) };
const curve = {
  photos: labelled.photos.length,
  people: new Set(labelled.personOf.values()).size,
  genuine: distances.genuine.length,
  impostor: distances.impostor.length,
  ...thresholdCurve(distances),
};
await writeFile(CURVE, `${JSON.stringify(curve)}\n`);
console.log(
  JSON.stringify({
    bench: 'fit-trust',
    genuine: distances.genuine.length,
    impostor: distances.impostor.length,
    far,
    tar: round(tar),
    ...calibration,
    trust_of_median_genuine: round(trust(median(distances.genuine), { ...calibration, source: '' })),
    trust_of_median_impostor: round(trust(median(distances.impostor), { ...calibration, source: '' })),
  }),
);

/** Returns the integer slope, 5 to 60, with the maximum likelihood of the labels. */
function likeliestSlope({ genuine, impostor }: Distances, distance: number): number {
  const likelihood = (slope: number): number => {
    const calibration: TrustCalibration = { distance, slope, source: '' };
    const mean = (values: number[], score: (part: number) => number) =>
      values.reduce((sum, d) => sum + Math.log(Math.max(score(trust(d, calibration) / 100), 1e-12)), 0) / values.length;
    return mean(genuine, (part) => part) + mean(impostor, (part) => 1 - part);
  };
  const slopes = Array.from({ length: 56 }, (_, i) => i + 5);
  return slopes.reduce((best, slope) => (likelihood(slope) > likelihood(best) ? slope : best));
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
