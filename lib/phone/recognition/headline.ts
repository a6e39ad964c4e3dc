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
  | { kind: 'unknown'; track: number }
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

/** Returns one headline for all faces: names when anyone is recognised, else the state of the largest face. */
export function headlineOf(faces: readonly SeenFace[]): Headline {
  const recognised = faces.filter(isRecognised);
  if (recognised.length > 0) {
    const names = recognised.flatMap(({ label }) => (label.kind === 'known' ? nameOf(label.identity) : []));
    const trust = Math.max(...recognised.map(({ label }) => (label.kind === 'known' ? label.trust : 0)));
    return { kind: 'known', names: [...new Set(names)], trust };
  }
  for (const { label, liveness, track } of faces) {
    if (label.kind === 'known') {
      if (liveness.kind === 'failed') return { kind: 'not-alive' };
      return { kind: 'prove', challenge: liveness.kind === 'checking' ? liveness.challenge : null };
    }
    if (label.kind === 'unknown') return { kind: 'unknown', track };
  }
  return { kind: faces.length > 0 ? 'looking' : 'nobody' };
}
