/** What a key, a device or a person's role may allow (DESIGN section 4). */
export const SCOPES = ['faces:read', 'faces:write', 'match', 'sync', 'events:write', 'admin'] as const;

export type Scope = (typeof SCOPES)[number];
