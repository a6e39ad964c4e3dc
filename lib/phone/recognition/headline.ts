import type { SeenFace } from '@/lib/phone/vision/protocol';
import type { Challenge } from '@/lib/shared/vision/liveness';

/** What is said in large letters about the faces in sight. */
export type Headline =
  | { kind: 'nobody' }
  /** Faces are there, but not enough frames agree yet. */
  | { kind: 'looking' }
  /** Somebody known has to show that they are alive; null while a picture is judged. */
  | { kind: 'prove'; challenge: Challenge | null }
  | { kind: 'known'; names: string[]; trust: number }
  | { kind: 'unknown'; track: number }
  /** Somebody known, but it looks like a picture of them. */
  | { kind: 'not-alive' };

/** A person without a name is shown by the number of their face. */
export function nameOf({ name, faceId }: { name: string | null; faceId: number | null }): string {
  return name ?? (faceId === null ? 'Somebody' : `Face ${faceId}`);
}

/** A face counts as recognised once it is known and, where that is asked for, alive. */
export function isRecognised({ label, liveness }: SeenFace): boolean {
  return label.kind === 'known' && (liveness.kind === 'off' || liveness.kind === 'passed');
}

/**
 * One line for all faces, the largest deciding: names when anybody is recognised, else what the person nearest to the
 * camera should know.
 */
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
