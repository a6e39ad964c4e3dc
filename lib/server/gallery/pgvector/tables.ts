import { sql } from 'drizzle-orm';
import { type Database, queryRows } from '@/db/client';
import { withoutLimits } from '@/db/unlimited';

/** Whether the database has pgvector, installed or ready to be. */
export async function hasPgvector(db: Database): Promise<boolean> {
  const rows = await queryRows(db, sql`select 1 from pg_available_extensions where name = 'vector'`);
  return rows.length > 0;
}

/** The gallery that answers, and one that is being read from the start to take its place. */
export const LIVE = sql.identifier('gallery_live');
export const STAGED = sql.identifier('gallery_staged');

/** Any number, the same for every server: who holds this advisory lock is making the tables. */
const MAKING_TABLES = 0x4b495448;

/**
 * The columns of a gallery. The reference erases an encoding in the very transaction that erases its sample, however
 * far the gallery is.
 */
const COLUMNS = sql`(
  face_id bigint primary key references samples (id) on delete cascade,
  person_id bigint,
  encoding vector(128) not null
)`;

/**
 * Makes what the gallery keeps in the database, where it is missing. Not part of the migrations, because databases
 * without pgvector are fine for everything else.
 */
export function makeTables(db: Database): Promise<void> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${MAKING_TABLES})`);
    await tx.execute(sql`create extension if not exists vector`);
    await tx.execute(sql`create table if not exists ${LIVE} ${COLUMNS}`);
    await tx.execute(sql`create table if not exists ${STAGED} ${COLUMNS}`);
    await tx.execute(sql`
      create table if not exists gallery_state (
        single boolean primary key default true check (single),
        live_model text,
        live_last bigint not null default 0,
        staged_model text,
        staged_last bigint
      )`);
    await tx.execute(sql`insert into gallery_state default values on conflict do nothing`);
  });
}

/** Puts the staged gallery in the live one's place, and an empty one in its own. */
export async function publishStaged(tx: Database): Promise<void> {
  await tx.execute(sql`drop table ${LIVE}`);
  await tx.execute(sql`alter table ${STAGED} rename to ${LIVE}`);
  await tx.execute(sql`create table ${STAGED} ${COLUMNS}`);
}

/**
 * Makes, unless it is there, the index that finds neighbours without measuring everybody: a graph (HNSW; Malkov and
 * Yashunin 2016). More links and a wider search than pgvector's defaults (16, 64), which lose one nearest face in a few
 * hundred. It has no name of its own, because the tables change places.
 */
export async function makeIndex(db: Database): Promise<void> {
  const existing = await queryRows(
    db,
    sql`select 1 from pg_index join pg_class on pg_class.oid = indexrelid join pg_am on pg_am.oid = relam
        where indrelid = 'gallery_live'::regclass and amname = 'hnsw'`,
  );
  if (existing.length > 0) return;
  await withoutLimits(db, (unlimited) =>
    unlimited.execute(sql`
      create index on ${LIVE} using hnsw (encoding vector_l2_ops) with (m = 24, ef_construction = 128)`),
  );
}
