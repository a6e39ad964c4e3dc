import { sql } from 'drizzle-orm';
import { type Database, queryRows } from '@/db/client';
import { withoutLimits } from '@/db/unlimited';

/** Returns whether pgvector is installed or available in the database. */
export async function hasPgvector(db: Database): Promise<boolean> {
  const rows = await queryRows(db, sql`select 1 from pg_available_extensions where name = 'vector'`);
  return rows.length > 0;
}

/** The live gallery, and the staged one that is read from the start to replace it. */
export const LIVE = sql.identifier('gallery_live');
export const STAGED = sql.identifier('gallery_staged');

/** Key of the advisory lock for creating the tables; arbitrary, but the same on every server. */
const TABLES_LOCK = 0x4b495448;

/**
 * The columns of a gallery. The foreign key deletes an encoding in the same transaction as its sample, whatever the
 * gallery's position in the feed.
 */
const COLUMNS = sql`(
  face_id bigint primary key references samples (id) on delete cascade,
  person_id bigint,
  encoding vector(128) not null
)`;

/**
 * Creates the gallery's tables if they are missing. They are not part of the migrations, because databases without
 * pgvector work for everything else.
 */
export function makeTables(db: Database): Promise<void> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${TABLES_LOCK})`);
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
    await addLineages(tx);
    await tx.execute(sql`insert into gallery_state default values on conflict do nothing`);
  });
}

/**
 * Adds the columns that a table of an earlier version lacks. They are checked first, because the statement takes an
 * exclusive lock even if they exist, and would block the searches of other servers.
 */
async function addLineages(tx: Database): Promise<void> {
  const missing = await queryRows(
    tx,
    sql`select 1 where not exists (
          select from pg_attribute
          where attrelid = 'gallery_state'::regclass and attname = 'staged_lineage' and not attisdropped)`,
  );
  if (missing.length === 0) return;
  await tx.execute(sql`
    alter table gallery_state
      add column if not exists live_lineage uuid, add column if not exists staged_lineage uuid`);
}

/** Replaces the live gallery by the staged one, and the staged one by an empty one. */
export async function publishStaged(tx: Database): Promise<void> {
  await tx.execute(sql`drop table ${LIVE}`);
  await tx.execute(sql`alter table ${STAGED} rename to ${LIVE}`);
  await tx.execute(sql`create table ${STAGED} ${COLUMNS}`);
}

/**
 * Creates, if missing, the index for approximate nearest neighbours (HNSW; Malkov and Yashunin 2016). It has more links
 * and a wider search than pgvector's defaults (16, 64), which miss one nearest face in a few hundred. The index has no
 * explicit name, because the tables swap names.
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
