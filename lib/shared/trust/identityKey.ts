/** Returns the key of a sample's identity: its person, or the sample itself if it is unassigned. */
export const identityKey = (personId: number | null, faceId: number | null): string =>
  personId === null ? `face:${faceId}` : `person:${personId}`;
