/**
 * Trust (0–100) as a whole number to show. Cut off, as in the API's answers: what is shown as 50 does reach a threshold
 * of 50.
 */
export const wholeTrust = (trust: number): number => Math.floor(trust);
