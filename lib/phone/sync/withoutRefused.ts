import { ERRORS } from '@/lib/shared/contract/errors';
import { ServerError } from './server';

/** Copies an object without the fields that the server refused. */
type Known<Field extends string> = <Told extends { [Name in Field]?: unknown }>(told: Told) => Told;

/**
 * Wraps `send` for a server of an earlier version, as after going back to one. Such a server refuses fields that it does
 * not know. The wrapped function leaves out those of `addedLater`, sends again, and keeps leaving them out. It throws
 * what `send` throws.
 * @param send is passed a function that removes the refused fields
 */
export function withoutRefused<Field extends string, Told, Answer>(
  addedLater: readonly Field[],
  send: (told: Told, known: Known<Field>) => Promise<Answer>,
): (told: Told) => Promise<Answer> {
  const refused = new Set<Field>();
  return async function sendKnown(told): Promise<Answer> {
    try {
      return await send(told, (fields) => without(fields, refused));
    } catch (error) {
      const more = addedLater.filter((field) => !refused.has(field) && isRefused(field, error));
      if (more.length === 0) throw error;
      for (const field of more) refused.add(field);
      return sendKnown(told);
    }
  };
}

/**
 * Returns whether the server does not know a field. It says `events.0.lineage is not known here. Known are id, at`; older
 * versions say `events.0 must not have lineage, candidates`.
 */
function isRefused(field: string, error: unknown): boolean {
  if (!(error instanceof ServerError) || error.type !== ERRORS.BAD_REQUEST.type) return false;
  const [, named, listed] = /^(\S+) is not known|must not have (.+)/.exec(error.message) ?? [];
  return named?.split('.').at(-1) === field || listed?.match(/\w+/g)?.includes(field) === true;
}

function without<Told extends object>(told: Told, fields: ReadonlySet<string>): Told {
  return Object.fromEntries(Object.entries(told).filter(([name]) => !fields.has(name))) as Told;
}
