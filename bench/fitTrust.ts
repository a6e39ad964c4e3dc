import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { distance, distanceOfTrust, type TrustCalibration, trust } from '@kith/sdk';
import { crossValidated, isAside } from './accuracy/crossValidated';
import { crowdingFile } from './accuracy/crowdingFile';
import { detPlot } from './accuracy/detPlot';
import { encodePhotos } from './accuracy/encodePhotos';
import { fitCrowding, logCrowding } from './accuracy/fitCrowding';
import { type Labelled, readLabelled } from './accuracy/labelled';
import { photosByGroup } from './accuracy/measuredPairs';
import { pairDistances } from './accuracy/pairDistances';
import { acceptedPart } from './accuracy/rates';
import { atFar, type Distances, rocPoints } from './accuracy/roc';
import { thresholdCurve } from './accuracy/thresholdCurve';

/**
 * Fits crowding and trust: `npm run bench:fit-trust -- STRANGERS PEOPLE [--encodings FILE]`.
 *
 * STRANGERS has one picture per person and a `groups.csv`; a third of them is set aside and only reported. PEOPLE has
 * several pictures per person. Writes the coefficients of crowding to `sdk/src/crowding.coefficients.ts` and the curve
 * of the console's settings page to `lib/shared/trust/calibration.json`. Draws the plot of docs/accuracy.md, and prints
 * the constants of `sdk/src/trust.ts`. Trust 50 is the normalised distance at which one in 1,000 pairs of strangers is
 * accepted. Each pair is measured by a fit without both of them. The slope is the maximum-likelihood logistic through
 * that point, with equal weights for genuine and impostor pairs.
 */

const FAR = 1e-3;
const TRUSTS = [50, 70, 90, 99];
const PLOT = 'docs/images/accuracy-det.svg';
const CURVE = 'lib/shared/trust/calibration.json';
const COEFFICIENTS = 'sdk/src/crowding.coefficients.ts';
const SOURCE = `Fitted on pictures of FairFace (K. Karkkainen and J. Joo, WACV 2021), licence CC BY 4.0; see docs/decisions/0019.`;
/**
 * Minimum number of strangers for a fit. It also determines the number of impostor pairs, which must be large because
 * the threshold accepts one in 1,000.
 */
const MIN_STRANGERS = 200;

const { positionals, values: options } = parseArgs({
  allowPositionals: true,
  options: { encodings: { type: 'string' } },
});
const [strangersFolder, peopleFolder] = positionals;
if (!strangersFolder || !peopleFolder) {
  console.error(
    'usage: npm run bench:fit-trust -- STRANGERS PEOPLE [--encodings FILE]\n' +
      'STRANGERS holds a picture a person and a groups.csv; PEOPLE a folder a person, or pictures and a pairs.csv',
  );
  process.exit(2);
}

const [strangers, people] = [await readLabelled(strangersFolder), await readLabelled(peopleFolder)];
const encodings = await encodePhotos([...strangers.photos, ...people.photos], options.encodings);
const named = strangers.photos.flatMap((photo): [string, Float32Array][] => {
  const encoding = encodings.get(photo);
  return encoding ? [[path.basename(photo), encoding]] : [];
});
const fitted = new Map(named.filter(([name]) => !isAside(name)));
const aside = named.filter(([name]) => isAside(name)).map(([, encoding]) => encoding);
if (fitted.size < MIN_STRANGERS) {
  console.error(`${fitted.size} strangers are too few; at least ${MIN_STRANGERS} are needed`);
  process.exit(1);
}

const known = [...fitted.values()];
const fit = fitCrowding(known);
await writeFile(COEFFICIENTS, crowdingFile(fit, known, SOURCE));

const limits = known.map((one) => logCrowding(fit, one));
const [least, most] = [Math.min(...limits), Math.max(...limits)];
const crowding = (one: Float32Array) => Math.exp(Math.min(most, Math.max(least, logCrowding(fit, one))));
const normalised = (a: Float32Array, b: Float32Array) => distance(a, b) * crowding(a) * crowding(b);

const apart = crossValidated(fitted);
const distances: Distances = {
  impostor: apart.flatMap((row, i) => Array.from(row.subarray(i + 1))),
  genuine: pairDistances(people, encodings, normalised).genuine,
};
const { threshold, tar, far } = atFar(rocPoints(distances), FAR);
const calibration = { distance: round(threshold), slope: likeliestSlope(distances, threshold) };
const curve = {
  strangers: fitted.size,
  photos: people.photos.length,
  people: new Set(people.personOf.values()).size,
  genuine: distances.genuine.length,
  impostor: distances.impostor.length,
  ...thresholdCurve(distances),
};
await writeFile(CURVE, `${JSON.stringify(curve)}\n`);
await promisify(execFile)('npx', ['biome', 'check', '--write', COEFFICIENTS, CURVE]);
const raw: Distances = {
  impostor: known.flatMap((one, i) => known.slice(i + 1).map((other) => distance(one, other))),
  genuine: pairDistances(people, encodings, distance).genuine,
};
const title = `${fitted.size} strangers; ${curve.genuine} pairs of ${curve.people} people`;
await writeFile(PLOT, detPlot(title, { 'plain distance': raw, normalised: distances }));
const unseen = aside.flatMap((one, i) => aside.slice(i + 1).map((other) => normalised(one, other)));
console.log(
  JSON.stringify({
    bench: 'fit-trust',
    strangers: fitted.size,
    genuine: distances.genuine.length,
    impostor: distances.impostor.length,
    far,
    tar: round(tar),
    ...calibration,
    crowding: [round(Math.exp(least)), round(Math.exp(most))],
    trust_of_median_genuine: round(trust(median(distances.genuine), { ...calibration, source: '' })),
    trust_of_median_impostor: round(trust(median(distances.impostor), { ...calibration, source: '' })),
    set_aside: aside.length,
    far_set_aside: round(unseen.filter((apart) => apart <= threshold).length / unseen.length),
    accepted_strangers_of_people: pairDistances(people, encodings, normalised).impostor.filter(
      (apart) => apart <= threshold,
    ).length,
  }),
);

for (const [group, photos] of photosByGroup(onlyFitted(strangers), encodings)) {
  const inside = [...fitted.keys()].flatMap((name, i) => (photos.has(path.join(strangersFolder, name)) ? [i] : []));
  const within = inside.flatMap((i, at) => inside.slice(at + 1).map((j) => apart[i]?.[j] ?? Number.NaN));
  console.log(JSON.stringify({ cross_validated: group, pairs: within.length, accepted: acceptedAtTrusts(within) }));
}
console.log(JSON.stringify({ cross_validated: 'all', accepted: acceptedAtTrusts(distances.impostor) }));

/** Returns the accepted fraction of the distances by trust. */
function acceptedAtTrusts(values: readonly number[]): Record<number, number | null> {
  const at = (trust: number) => acceptedPart(values, distanceOfTrust(trust, { ...calibration, source: '' }));
  return Object.fromEntries(TRUSTS.map((trust) => [trust, at(trust)]));
}

function onlyFitted(labelled: Labelled): Labelled {
  const photos = labelled.photos.filter((photo) => fitted.has(path.basename(photo)));
  const groupsOf = new Map(photos.map((photo) => [photo, labelled.groupsOf.get(photo) ?? []]));
  return { ...labelled, photos, groupsOf };
}

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
