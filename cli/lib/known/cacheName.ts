/** The hidden file beside pictures that caches their encodings. */
export const CACHE_NAME = '.kith-encodings.json';
