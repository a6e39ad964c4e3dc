import {
  EncodingError,
  encodingFromBytes,
  type FeedFace,
  type FeedPosition,
  type FeedSink,
  type FeedState,
  type FeedTombstone,
  type FeedWrite,
} from '@kith/sdk';
import { type SQL, type SQLChunk, sql } from 'drizzle-orm';
import { type Database, queryRows } from '@/db/client';
import { log } from '@/lib/server/platform/log';
import { LIVE, publishStaged, STAGED } from './tables';

interface StateRow extends Record<string, unknown> {
  live_model: string | null;
  live_last: number | string;
  live_lineage: string | null;
  staged_model: string | null;
  staged_last: number | string | null;
  staged_lineage: string | null;
}

/**
 * Writes the feed to the gallery's tables, in a transaction that the caller begins and ends. Reading the state locks
 * it, so that the servers on one database take turns.
 */
export class VectorStore implements FeedSink {
  readonly #tx: Database;

  constructor(tx: Database) {
    this.#tx = tx;
  }

  async state(): Promise<FeedState> {
    const [row] = await queryRows<StateRow>(this.#tx, sql`select * from gallery_state for update`);
    if (row === undefined) throw new Error('the table "gallery_state" has no row');
    const { live_model, live_last, live_lineage, staged_model, staged_last, staged_lineage } = row;
    const position = (model: string | null, last: number | string, lineage: string | null): FeedPosition => ({
      model,
      lastUpdatedAt: Number(last),
      ...(lineage !== null && { lineage }),
    });
    return {
      live: position(live_model, live_last, live_lineage),
      staged: staged_last === null ? null : position(staged_model, staged_last, staged_lineage),
    };
  }

  async write({ faces, deleted, target, begins, publishes, position }: FeedWrite): Promise<void> {
    const table = target === 'live' ? LIVE : STAGED;
    if (begins) await this.#run(sql`truncate ${table}`);
    await this.#upsert(table, faces);
    await this.#remove(table, deleted);
    const { model, lastUpdatedAt, lineage = null } = position;
    if (publishes) await publishStaged(this.#tx);
    await this.#run(
      target === 'live' || publishes
        ? sql`update gallery_state
              set live_model = ${model}, live_last = ${lastUpdatedAt}, live_lineage = ${lineage},
                staged_model = null, staged_last = null, staged_lineage = null`
        : sql`update gallery_state
              set staged_model = ${model}, staged_last = ${lastUpdatedAt}, staged_lineage = ${lineage}`,
    );
  }

  async #upsert(table: SQLChunk, faces: FeedFace[]): Promise<void> {
    const rows = faces.flatMap(({ faceId, personId, encoding }) => {
      const vector = vectorText(faceId, encoding);
      return vector === null ? [] : [[faceId, personId, vector]];
    });
    if (rows.length === 0) return;
    // A sample erased after the page was read has no row to refer to. The lock on an existing row delays its deletion
    // until this transaction commits; the deletion then cascades to the encoding.
    await this.#run(sql`
      insert into ${table} (face_id, person_id, encoding)
      select samples.id, (row ->> 1)::bigint, (row ->> 2)::vector
      from json_array_elements(${JSON.stringify(rows)}::json) as rows (row)
      join samples on samples.id = (row ->> 0)::bigint
      for key share of samples
      on conflict (face_id) do update set person_id = excluded.person_id, encoding = excluded.encoding`);
  }

  async #remove(table: SQLChunk, deleted: FeedTombstone[]): Promise<void> {
    if (deleted.length === 0) return;
    const ids = JSON.stringify(deleted.map(({ faceId }) => faceId));
    await this.#run(sql`
      delete from ${table} where face_id in (select value::bigint from json_array_elements_text(${ids}::json))`);
  }

  async #run(query: SQL): Promise<void> {
    await this.#tx.execute(query);
  }
}

/** Formats an encoding as pgvector's text; `null` for an invalid one, which must not block the others. */
function vectorText(faceId: number, bytes: Uint8Array): string | null {
  try {
    return toVector(encodingFromBytes(bytes));
  } catch (error) {
    if (!(error instanceof EncodingError)) throw error;
    log().warn({ faceIds: [faceId] }, 'these samples hold no usable encoding and are ignored');
    return null;
  }
}

/** Formats a vector. Nine significant digits represent a float32 exactly. */
export function toVector(encoding: Float32Array): string {
  return `[${Array.from(encoding, (value) => value.toPrecision(9)).join()}]`;
}

/** Parses the output of {@link toVector} and of pgvector. */
export function fromVector(text: string): Float32Array {
  return Float32Array.from(JSON.parse(text) as number[]);
}
