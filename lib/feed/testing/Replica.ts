import { expect } from 'vitest';
import type { FeedFace, FeedPage } from '../readFeed';

/** What a reader of the feed knows, and the rules that each page must keep. */
export class Replica {
  /** The last number seen. */
  after = 0;
  readonly faces = new Map<number, FeedFace>();
  readonly deleted = new Map<number, number>();
  readonly #numbers = new Set<number>();

  /** Takes the page that came after `this.after`. */
  apply(page: FeedPage): void {
    expect(page.reset).toBe(false);
    expect(page.lastUpdatedAt).toBeGreaterThanOrEqual(this.after);
    for (const rows of [page.faces, page.deleted]) {
      let last = this.after;
      for (const { updatedAt } of rows) {
        expect(updatedAt, 'in order, and after what was asked').toBeGreaterThan(last);
        expect(updatedAt).toBeLessThanOrEqual(page.lastUpdatedAt);
        expect(this.#numbers.has(updatedAt), 'a number comes once').toBe(false);
        this.#numbers.add(updatedAt);
        last = updatedAt;
      }
    }
    for (const face of page.faces) {
      expect(this.deleted.has(face.faceId), 'what is deleted stays deleted').toBe(false);
      expect(face.updatedAt).toBeGreaterThan(this.faces.get(face.faceId)?.updatedAt ?? 0);
      this.faces.set(face.faceId, face);
    }
    for (const { faceId, updatedAt } of page.deleted) {
      expect(this.deleted.has(faceId), 'what is deleted is deleted once').toBe(false);
      expect(updatedAt).toBeGreaterThan(this.faces.get(faceId)?.updatedAt ?? 0);
      this.faces.delete(faceId);
      this.deleted.set(faceId, updatedAt);
    }
    this.after = page.lastUpdatedAt;
  }
}
