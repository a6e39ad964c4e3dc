/** Most candidates of one recognition. By itself, so that the phone does not load the schemas. */
export const MAX_CANDIDATES = 3;
