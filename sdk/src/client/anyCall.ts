import { CALLS, type Calls } from './calls.ts';
import type { Call } from './Transport.ts';

/** The name of a call: its `operationId` in the OpenAPI document. */
export type CallId = keyof Calls;

/** The fields of a call's path, query and body together. */
export type Input<Id extends CallId> = Calls[Id]['input'];

/** The answer of a call. */
export type Answer<Id extends CallId> = Calls[Id]['answer'];

/** Calls whose answers are paged. */
export type PagedId = { [Id in CallId]: Answer<Id> extends { next_cursor: string | null } ? Id : never }[CallId];

/** An item of a paged list: an element of the answer's array. */
export type Item<Id extends PagedId> = Extract<Answer<Id>[keyof Answer<Id>], readonly unknown[]>[number];

/**
 * Returns the request of a call with these fields. Fields named in the path go into the path, those of the query into
 * the query, and the others into the body.
 * @throws TypeError if a field of the path is missing
 */
export function prepareCall<Id extends CallId>(id: Id, input: Input<Id>): Call {
  const { method, path, query = [], keyed } = CALLS[id];
  const rest: Record<string, unknown> = { ...input };
  const take = (name: string) => {
    const value = rest[name];
    delete rest[name];
    return value;
  };
  const call: Call = {
    method,
    path: path.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = take(name);
      if (value === undefined) throw new TypeError(`${id} needs ${name}`);
      return encodeURIComponent(String(value));
    }),
    query: Object.fromEntries(query.map((name) => [name, take(name) as string | undefined])),
  };
  if (keyed) call.keyed = true;
  if (Object.keys(rest).length > 0) call.body = rest as Record<string, string>;
  return call;
}
