import { sql } from 'drizzle-orm';
import { type Database, queryRows } from '@/db/client';

/** Whether the database has pgvector, installed or ready to be. */
export async function hasPgvector(db: Database): Promise<boolean> {
  const rows = await queryRows(db, sql`select 1 from pg_available_extensions where name = 'vector'`);
  return rows.length > 0;
}

/** Any number, the same for every server: who holds this advisory lock is making the tables. */
const MAKING_TABLES = 0x4b495448;

/**
 * Makes what the gallery keeps in the database, where it is missing. Not part of the migrations, because databases
 * without pgvector are fine for everything else.
 */
export function makeTables(db: Database): Promise<void> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${MAKING_TABLES})`);
    await tx.execute(sql`create extension if not exists vector`);
    // The reference erases an encoding in the very transaction that erases its sample, however far the gallery is.
    await tx.execute(sql`
      create table if not exists gallery_vectors (
        generation integer not null,
        face_id bigint not null references samples (id) on delete cascade,
        person_id bigint,
        encoding vector(128) not null,
        primary key (face_id, generation)
      )`);
    await tx.execute(sql`
      create table if not exists gallery_state (
        single boolean primary key default true check (single),
        live_generation integer not null default 0,
        live_model text,
        live_last bigint not null default 0,
        staged_model text,
        staged_last bigint
      )`);
    await tx.execute(sql`insert into gallery_state default values on conflict do nothing`);
  });
}

/**
 * The index that finds neighbours without measuring everybody: a graph (HNSW, Malkov and Yashunin 2016). More links
 * and a wider search than pgvector's defaults (16, 64), which lose one nearest face in a few hundred.
 */
export async function makeIndex(db: Database): Promise<void> {
  await db.execute(sql`
    create index if not exists gallery_vectors_encoding on gallery_vectors
      using hnsw (encoding vector_l2_ops) with (m = 24, ef_construction = 128)`);
}
