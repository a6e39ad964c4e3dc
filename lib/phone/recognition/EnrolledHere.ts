import { normalisedDistance, trust } from '@kith/sdk';
import type { EnrolmentQueue } from '@/lib/phone/store/EnrolmentQueue';
import type { Match } from '@/lib/phone/vision/pipeline';
import type { Identity } from '@/lib/phone/vision/protocol';

/** People enrolled on this phone whom the gallery does not contain yet. There are only a few, so each is compared. */
export class EnrolledHere {
  readonly #queue: EnrolmentQueue;
  #faces: { identity: Identity; encoding: Float32Array }[] = [];

  constructor(queue: EnrolmentQueue) {
    this.#queue = queue;
  }

  get size(): number {
    return this.#faces.length;
  }

  async refresh(): Promise<void> {
    this.#faces = (await this.#queue.all())
      .filter(({ status }) => status.kind !== 'refused')
      .map(({ id, name, encoding, status }) => ({
        identity: {
          key: `enrolment:${id}`,
          faceId: status.kind === 'sent' ? status.faceId : null,
          personId: null,
          name,
          enrolment: status.kind === 'sent' ? null : id,
        },
        encoding: Float32Array.from(encoding),
      }));
  }

  /** Returns the nearest person and the trust; null when the list is empty. */
  nearest(encoding: Float32Array): (Match & { identity: Identity }) | null {
    let best: (Match & { identity: Identity }) | null = null;
    for (const face of this.#faces) {
      const found = trust(normalisedDistance(encoding, face.encoding));
      if (!best || found > best.trust) best = { identity: face.identity, trust: found, candidates: [] };
    }
    return best;
  }
}
