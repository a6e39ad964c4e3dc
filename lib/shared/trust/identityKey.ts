/** Who a sample stands for, as a key: its person, or the sample itself where it belongs to nobody. */
export const identityKey = (personId: number | null, faceId: number | null): string =>
  personId === null ? `face:${faceId}` : `person:${personId}`;
