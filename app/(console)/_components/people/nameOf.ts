/** What to call a person: by name, else by their external id, else by number. */
export function nameOf(person: { name: string | null; user_id: string | null; person_id: number }): string {
  return person.name ?? person.user_id ?? `Person ${person.person_id}`;
}
