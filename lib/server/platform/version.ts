import manifest from '@/package.json';

/** Kith's version, as package.json says. */
export const VERSION: string = manifest.version;
