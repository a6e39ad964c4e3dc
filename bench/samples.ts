import path from 'node:path';
import { parseArgs } from 'node:util';
import { distanceOfTrust } from '@kith/sdk';
import { seededUniform } from '@/lib/server/demo/seededNormal';
import { isAside } from './accuracy/crossValidated';
import { drawPeople, type PersonPicture } from './accuracy/drawnPeople';
import { encodePhotos } from './accuracy/encodePhotos';
import { type Labelled, readLabelled } from './accuracy/labelled';
import { SAMPLE_RULES, type SampleRule } from './accuracy/sampleRules';

/**
 * Compares rules for combining several samples of one person: `npm run bench:samples -- PEOPLE STRANGERS [--probes DIR]
 * [--samples 1,2,3] [--part rest|aside|all] [--encodings FILE]`.
 *
 * PEOPLE has several pictures per person. STRANGERS has one picture per person (and a `groups.csv`). Each number of
 * samples is drawn many times, for the people with more pictures than the largest number. Each other picture of the
 * person is a genuine probe, each stranger an impostor. Prints a JSON line for each number of samples and rule, with:
 * - the TAR at which one in 1,000 and one in 10,000 comparisons with strangers is accepted;
 * - the gain over the nearest sample, with its standard error (a jackknife over people);
 * - the TAR at which each group of strangers is accepted at that rate;
 * - the fractions that the trusts accept.
 *
 * `--part aside` takes the third of the people and strangers that is set aside, `rest` (the default) the others.
 * `--probes` takes the genuine probes from another folder with the same names, such as worse copies of the pictures.
 */

const DRAWS = 40;
const FARS = [1e-3, 1e-4];
/** Groups with fewer strangers are too small for FAR 1e-3. */
const MIN_STRANGERS = 30;

const { positionals, values: options } = parseArgs({
  allowPositionals: true,
  options: {
    probes: { type: 'string' },
    samples: { type: 'string', default: '1,2,3' },
    part: { type: 'string', default: 'rest' },
    encodings: { type: 'string' },
  },
});
const [peopleFolder, strangersFolder] = positionals;
if (!peopleFolder || !strangersFolder) {
  console.error(
    'usage: npm run bench:samples -- PEOPLE STRANGERS [--probes DIR] [--samples 1,2,3] [--part rest|aside|all] [--encodings FILE]',
  );
  process.exit(2);
}

const counts = options.samples.split(',').map(Number);
const most = Math.max(...counts);

const known = await readLabelled(peopleFolder);
const unknown = await readLabelled(strangersFolder);
const probeOf = (photo: string) =>
  options.probes ? path.join(options.probes, path.relative(peopleFolder, photo)) : photo;
const encodings = await encodePhotos(
  [...new Set([...known.photos, ...known.photos.map(probeOf), ...unknown.photos])],
  options.encodings,
);
const people = encodingsOfPeople(known);
const strangers = strangersByGroup(unknown);

interface Scores {
  /** By person. */
  genuine: Map<string, number[]>;
  /** By group of the stranger; `all` contains everyone. */
  impostor: Map<string, number[]>;
}

const cuts = new WeakMap<Scores, Map<number, number>>();

for (const count of counts) {
  const random = seededUniform(count);
  const draws = Array.from({ length: DRAWS }, () => drawPeople(people, count, random));
  const scores = new Map(Object.entries(SAMPLE_RULES).map(([name, rule]) => [name, scoresOf(rule, draws)]));
  const base = scores.get('nearest') as Scores;
  for (const [rule, own] of scores) {
    const rates = FARS.map((far) => {
      const gain = (without?: string) => tarAt(own, far, without) - tarAt(base, far, without);
      return [
        `tar@far=${far}`,
        { tar: round(tarAt(own, far)), gain: round(gain()), error: round(jackknife(gain, own)) },
      ];
    });
    console.log(
      JSON.stringify({
        bench: 'samples',
        samples: count,
        rule,
        people: own.genuine.size,
        ...Object.fromEntries(rates),
        groups: groupsAt(own, FARS[0] as number),
        ...(rule === 'nearest' && {
          trust: Object.fromEntries([50, 70, 90, 99].map((trust) => [trust, atTrust(own, distanceOfTrust(trust))])),
        }),
      }),
    );
  }
}

function encodingsOfPeople({ personOf }: Labelled): Map<string, PersonPicture[]> {
  const byPerson = new Map<string, PersonPicture[]>();
  for (const [photo, person] of personOf) {
    const [sample, probe] = [encodings.get(photo), encodings.get(probeOf(photo))];
    if (!sample || !probe || !isTaken(person)) continue;
    byPerson.set(person, [...(byPerson.get(person) ?? []), { sample, probe }]);
  }
  return new Map([...byPerson].filter(([, pictures]) => pictures.length > most));
}

function isTaken(name: string): boolean {
  return options.part === 'all' || isAside(name) === (options.part === 'aside');
}

function strangersByGroup({ photos, groupsOf }: Labelled): Map<string, Float32Array[]> {
  const byGroup = new Map<string, Float32Array[]>();
  for (const photo of photos) {
    const encoding = encodings.get(photo);
    if (!encoding || !isTaken(path.basename(photo))) continue;
    for (const group of ['all', ...(groupsOf.get(photo) ?? [])]) {
      byGroup.set(group, [...(byGroup.get(group) ?? []), encoding]);
    }
  }
  return byGroup;
}

function scoresOf(rule: SampleRule, draws: readonly ReturnType<typeof drawPeople>[]): Scores {
  const scores: Scores = { genuine: new Map(), impostor: new Map() };
  const add = (to: Map<string, number[]>, key: string, value: number) => {
    const list = to.get(key);
    if (list) list.push(value);
    else to.set(key, [value]);
  };
  for (const [draw, drawn] of draws.entries()) {
    for (const { person, samples, probes } of drawn) {
      for (const probe of probes) add(scores.genuine, person, rule(probe, samples));
      // Every fourth draw is enough, because there are many strangers.
      if (draw % 4 > 0) continue;
      for (const [group, some] of strangers) {
        for (const probe of some) add(scores.impostor, group, rule(probe, samples));
      }
    }
  }
  return scores;
}

/** Returns the distance that accepts the fraction `far` of the comparisons with strangers. */
function cutAt(scores: Scores, far: number): number {
  const kept = cuts.get(scores) ?? new Map<number, number>();
  cuts.set(scores, kept);
  const cut = kept.get(far) ?? quantile(scores.impostor.get('all') ?? [], far);
  kept.set(far, cut);
  return cut;
}

/**
 * Returns the mean over people of the accepted fraction of their probes. Every person has the same weight, whatever the
 * number of pictures.
 */
function tarAt(scores: Scores, far: number, without?: string): number {
  return acceptedOwn(scores, cutAt(scores, far), without);
}

function acceptedOwn({ genuine }: Scores, cut: number, without?: string): number {
  const parts = [...genuine]
    .filter(([person]) => person !== without)
    .map(([, distances]) => distances.filter((distance) => distance <= cut).length / distances.length);
  return parts.reduce((sum, part) => sum + part, 0) / parts.length;
}

/** Returns the standard error of a statistic, from leaving out one person at a time. */
function jackknife(statistic: (without: string) => number, { genuine }: Scores): number {
  const values = [...genuine.keys()].map((person) => statistic(person));
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt((squares * (values.length - 1)) / values.length);
}

/** Returns the TAR at which the strangers of one group are accepted at `far`: for the worst group, and the mean. */
function groupsAt(scores: Scores, far: number) {
  const tars = [...scores.impostor]
    .filter(([group]) => group !== 'all' && (strangers.get(group)?.length ?? 0) >= MIN_STRANGERS)
    .map(([, distances]) => acceptedOwn(scores, quantile(distances, far)));
  return { worst: round(Math.min(...tars)), mean: round(tars.reduce((sum, tar) => sum + tar, 0) / tars.length) };
}

function atTrust(scores: Scores, cut: number) {
  const all = scores.impostor.get('all') ?? [];
  const accepted = all.filter((distance) => distance <= cut).length / all.length;
  return { strangers: round(accepted), refused: round(1 - acceptedOwn(scores, cut)) };
}

function quantile(values: readonly number[], part: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.floor(sorted.length * part)] as number;
}

function round(value: number): number {
  return Math.round(value * 1e5) / 1e5;
}
