import type { SeenFace } from '@/lib/phone/vision/protocol';
import type { Challenge } from '@/lib/shared/vision/liveness';

/** The large result for all faces in sight. */
export type Headline =
  | { kind: 'nobody' }
  /** Faces are in sight, but there are not enough votes yet. */
  | { kind: 'looking' }
  /** A known person must pass the liveness check; `challenge` is null for the passive check. */
  | { kind: 'prove'; challenge: Challenge | null }
  | { kind: 'known'; names: string[]; trust: number }
  /** Somebody is recognised beside `unknown` strangers and `failed` known people who failed the liveness check. */
  | { kind: 'mixed'; names: string[]; unknown: number; failed: number; track: number | null }
  /** All decided faces are strangers; `track` is the largest of them. */
  | { kind: 'unknown'; track: number; count: number }
  /** A known person failed the liveness check. */
  | { kind: 'not-alive' };

/** Returns the name to show; the face's number where there is no name. */
export function nameOf({ name, faceId }: { name: string | null; faceId: number | null }): string {
  return name ?? (faceId === null ? 'Somebody' : `Face ${faceId}`);
}

/** Returns whether a face is known and, if liveness is required, has passed it. */
export function isRecognised({ label, liveness }: SeenFace): boolean {
  return label.kind === 'known' && (liveness.kind === 'off' || liveness.kind === 'passed');
}

const areaOf = ({ position: { top, left, bottom, right } }: SeenFace): number =>
  Math.max(0, bottom - top) * Math.max(0, right - left);

const isPending = ({ label, liveness }: SeenFace): boolean =>
  label.kind === 'deciding' || (label.kind === 'known' && liveness.kind === 'checking');

/**
 * Returns one headline that tells of every face. The largest face is the nearest one: while it is not decided, no name
 * of somebody behind it is shown in its place. A face that is not decided and farther away says nothing yet.
 */
export function headlineOf(faces: readonly SeenFace[]): Headline {
  const byArea = [...faces].sort((a, b) => areaOf(b) - areaOf(a));
  const [nearest] = byArea;
  if (!nearest) return { kind: 'nobody' };
  const recognised = faces.filter(isRecognised);
  const strangers = byArea.filter(({ label }) => label.kind === 'unknown');
  const failed = faces.filter(({ label, liveness }) => label.kind === 'known' && liveness.kind === 'failed');
  if (recognised.length > 0 && strangers.length + failed.length > 0) {
    const track = strangers[0]?.track ?? null;
    return { kind: 'mixed', names: namesOf(recognised), unknown: strangers.length, failed: failed.length, track };
  }
  if (recognised.length > 0 && !isPending(nearest)) {
    const trust = Math.max(...recognised.map(({ label }) => (label.kind === 'known' ? label.trust : 0)));
    return { kind: 'known', names: namesOf(recognised), trust };
  }
  if (failed.length > 0) return { kind: 'not-alive' };
  if (strangers[0] && !isPending(nearest)) {
    return { kind: 'unknown', track: strangers[0].track, count: strangers.length };
  }
  if (nearest.label.kind === 'known') {
    return { kind: 'prove', challenge: nearest.liveness.kind === 'checking' ? nearest.liveness.challenge : null };
  }
  return { kind: 'looking' };
}

/** The text of the large result: a name, "Unknown", or all of it, such as "Ana Silva + 1 unknown". */
export function headlineText(headline: Extract<Headline, { kind: 'known' | 'mixed' | 'unknown' }>): string {
  if (headline.kind === 'unknown') return headline.count > 1 ? `${headline.count} unknown` : 'Unknown';
  const names = headline.names.join(', ');
  if (headline.kind === 'known') return names;
  const { unknown, failed } = headline;
  return [names, unknown > 0 && `${unknown} unknown`, failed > 0 && `${failed} may be a photo`]
    .filter(Boolean)
    .join(' + ');
}

function namesOf(recognised: readonly SeenFace[]): string[] {
  const names = recognised.flatMap(({ label }) => (label.kind === 'known' ? nameOf(label.identity) : []));
  return [...new Set(names)];
}
