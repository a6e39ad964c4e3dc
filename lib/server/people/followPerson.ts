import { eq, sql } from 'drizzle-orm';
import type { Database } from '@/db/client';
import { samples, type UniqueArgs } from '@/db/schema';
import { wordsOfValues } from '@/lib/server/lists/words';
import type { Identity } from './identity';

/** The attributes that name the person of a sample. */
const NAMING = ['user_id', 'user_name'] as const;

const isSaid = (value: unknown) => value !== undefined && value !== null;

/**
 * Returns the attributes with the `user_id` and `user_name` of the sample's person. Attributes that name nobody stay
 * unchanged. If the person lacks the attribute that named them, the other one names them. Returns `args` itself if nothing
 * differs.
 * @param person null: unassigned
 */
export function argsNaming(args: UniqueArgs, person: Identity | null): UniqueArgs {
  const given = NAMING.filter((name) => isSaid(args[name]));
  if (given.length === 0) return args;
  const own: Record<(typeof NAMING)[number], string | null> = {
    user_id: person?.externalId ?? null,
    user_name: person?.name ?? null,
  };
  const named = given.filter((name) => own[name] !== null);
  const wanted = named.length > 0 ? named : NAMING.filter((name) => own[name] !== null);
  const agrees = wanted.length === given.length && given.every((name) => String(args[name]).trim() === own[name]);
  if (agrees) return args;
  const { user_id: _id, user_name: _name, ...others } = args;
  // An equal value stays as it was sent, such as a number.
  const isSame = (name: (typeof NAMING)[number]) => isSaid(args[name]) && String(args[name]).trim() === own[name];
  return { ...others, ...Object.fromEntries(wanted.map((name) => [name, isSame(name) ? args[name] : own[name]])) };
}

/** Returns the attributes to store: those that name the person, and the sent ones (null if they are the same). */
export function argsOfSent(
  sent: UniqueArgs,
  person: Identity | null,
): { uniqueArgs: UniqueArgs; sentArgs: UniqueArgs | null } {
  const uniqueArgs = argsNaming(sent, person);
  return { uniqueArgs, sentArgs: uniqueArgs === sent ? null : sent };
}

/**
 * Updates the attributes of all samples of a person to the current name and id. Runs inside a write that gives these
 * samples new numbers. Returns how many samples changed.
 */
export async function followPerson(tx: Database, person: Identity & { id: number }): Promise<number> {
  const rows = await tx
    .select({ id: samples.id, uniqueArgs: samples.uniqueArgs, sentArgs: samples.sentArgs })
    .from(samples)
    .where(
      sql`${samples.personId} = ${person.id} and (${samples.uniqueArgs} -> 'user_id' is not null or ${samples.uniqueArgs} -> 'user_name' is not null)`,
    );
  let changed = 0;
  for (const { id, uniqueArgs, sentArgs } of rows) {
    const args = argsNaming(uniqueArgs, person);
    if (args === uniqueArgs) continue;
    await tx
      .update(samples)
      .set({ uniqueArgs: args, sentArgs: sentArgs ?? uniqueArgs, words: wordsOfValues(args) })
      .where(eq(samples.id, id));
    changed++;
  }
  return changed;
}
