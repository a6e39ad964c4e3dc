/** What a key, a device or a person's role may allow (docs/api.md). */
export const SCOPES = ['faces:read', 'faces:write', 'faces:enrol', 'match', 'sync', 'events:write', 'admin'] as const;

export type Scope = (typeof SCOPES)[number];
