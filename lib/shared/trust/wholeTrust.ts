/**
 * Trust (0–100) as a whole number to show. Rounded down, as in the API's responses: a trust shown as 50 reaches a
 * threshold of 50.
 */
export const wholeTrust = (trust: number): number => Math.floor(trust);
