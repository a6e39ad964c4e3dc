import { distance, normalisedDistance } from '@kith/sdk';
import { cluster } from './cluster';
import type { Labelled } from './labelled';

/** Minimum number of people to divide into clusters. */
const MIN_PEOPLE = 100;
/** Numbers of clusters that replace groups without labels. */
const CLUSTERS = [6, 10];

/**
 * A labelled pair with both distances. If no face was found, the distances of a pair of one person are infinite, so
 * that every threshold rejects it. Pairs of strangers without a face are left out, because they say nothing about the
 * rate.
 */
export interface MeasuredPair {
  a: string;
  b: string;
  same: boolean;
  /** Euclidean. */
  raw: number;
  normalised: number;
}

/** Measures every labelled pair. */
export function measurePairs({ pairs }: Labelled, encodings: ReadonlyMap<string, Float32Array>): MeasuredPair[] {
  return pairs.flatMap((pair) => {
    const [one, other] = [encodings.get(pair.a), encodings.get(pair.b)];
    if (one && other) return [{ ...pair, raw: distance(one, other), normalised: normalisedDistance(one, other) }];
    return pair.same ? [{ ...pair, raw: Infinity, normalised: Infinity }] : [];
  });
}

/** Returns the kind of a group: the text before its label or number. */
export const kindOf = (group: string) => group.split(group.startsWith('cluster') ? ',' : ' ')[0] as string;

/**
 * Returns the photos of each group. Groups are labels and, if there are enough people with one picture each, clusters
 * of their encodings, named `cluster of 10, 3`.
 */
export function photosByGroup(
  { photos, personOf, groupsOf }: Labelled,
  encodings: ReadonlyMap<string, Float32Array>,
): Map<string, Set<string>> {
  const byGroup = new Map<string, Set<string>>();
  const add = (group: string, photo: string) => byGroup.set(group, (byGroup.get(group) ?? new Set()).add(photo));
  for (const [photo, groups] of groupsOf) if (encodings.has(photo)) for (const group of groups) add(group, photo);
  const sorted = new Map([...byGroup].sort(([a], [b]) => a.localeCompare(b)));
  const found = photos.filter((photo) => encodings.has(photo));
  const isOneEach = new Set(found.map((photo) => personOf.get(photo))).size === found.length;
  if (!isOneEach || found.length < MIN_PEOPLE) return sorted;
  byGroup.clear();
  for (const count of CLUSTERS) {
    const clusters = cluster(
      found.map((photo) => encodings.get(photo) as Float32Array),
      count,
    );
    for (const [i, photo] of found.entries()) add(`cluster of ${count}, ${(clusters[i] as number) + 1}`, photo);
  }
  return new Map([...sorted, ...[...byGroup].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))]);
}
