/** Returns a label for a person: the name, else the external id, else the number. */
export function nameOf(person: { name: string | null; user_id: string | null; person_id: number }): string {
  return person.name ?? person.user_id ?? `Person ${person.person_id}`;
}
