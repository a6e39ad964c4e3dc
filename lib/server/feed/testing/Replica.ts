import assert from 'node:assert/strict';

interface Numbered {
  faceId: number;
  updatedAt: number;
}

/** The state of a feed reader. `apply` checks the rules that every page must satisfy, in either format. */
export class Replica<Face extends Numbered> {
  /** The last number seen. */
  after = 0;
  readonly faces = new Map<number, Face>();
  /** Numbers of the deletions, by face. */
  readonly deleted = new Map<number, number>();
  readonly #numbers = new Set<number>();

  /** Applies the page after `this.after`. */
  apply(page: { faces: Face[]; deleted: Numbered[]; lastUpdatedAt: number; reset: boolean }): void {
    assert.equal(page.reset, false);
    assert.ok(page.lastUpdatedAt >= this.after, 'numbers do not go back');
    for (const rows of [page.faces, page.deleted]) {
      let last = this.after;
      for (const { updatedAt } of rows) {
        assert.ok(updatedAt > last, 'rows come in order, after what was asked');
        assert.ok(updatedAt <= page.lastUpdatedAt);
        assert.ok(!this.#numbers.has(updatedAt), 'a number comes once');
        this.#numbers.add(updatedAt);
        last = updatedAt;
      }
    }
    for (const face of page.faces) {
      assert.ok(!this.deleted.has(face.faceId), 'what is deleted stays deleted');
      assert.ok(face.updatedAt > (this.faces.get(face.faceId)?.updatedAt ?? 0));
      this.faces.set(face.faceId, face);
    }
    for (const { faceId, updatedAt } of page.deleted) {
      assert.ok(!this.deleted.has(faceId), 'what is deleted is deleted once');
      assert.ok(updatedAt > (this.faces.get(faceId)?.updatedAt ?? 0));
      this.faces.delete(faceId);
      this.deleted.set(faceId, updatedAt);
    }
    this.after = page.lastUpdatedAt;
  }
}
