import type { CallOptions, Transport } from './Transport.ts';
import type { ChangedMembers, Group, GroupChange, MemberChange } from './types.ts';

/** Groups of people. */
export class GroupsApi {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Returns all groups, sorted by name. `q`: part of the name. */
  async list({ q }: { q?: string } = {}, { signal }: CallOptions = {}): Promise<Group[]> {
    const { groups } = await this.#transport.json<{ groups: Group[] }>({
      method: 'GET',
      path: '/api/groups',
      query: { q },
      signal,
    });
    return groups;
  }

  /** Creates a group without people. If another group has the name, it rejects with error 1300. */
  create(group: GroupChange & { name: string }, { signal }: CallOptions = {}): Promise<Group> {
    return this.#transport.json({ method: 'POST', path: '/api/groups', body: { ...group }, signal });
  }

  /** Changes a group. Absent fields stay; `null` clears a field. */
  change(groupId: number, change: GroupChange, { signal }: CallOptions = {}): Promise<Group> {
    return this.#transport.json({ method: 'PATCH', path: `/api/groups/${groupId}`, body: { ...change }, signal });
  }

  /** Deletes a group; its people stay. */
  async delete(groupId: number, { signal }: CallOptions = {}): Promise<void> {
    await this.#transport.json({ method: 'DELETE', path: `/api/groups/${groupId}`, signal });
  }

  /** Adds people to a group, or removes them. */
  setPeople(groupId: number, change: MemberChange, { signal }: CallOptions = {}): Promise<ChangedMembers> {
    const path = `/api/groups/${groupId}/people`;
    return this.#transport.json({ method: 'PUT', path, body: { ...change }, idempotent: true, signal });
  }
}
