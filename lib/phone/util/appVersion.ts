/** This build, as it reports itself to the server; put in by next.config.mjs. */
export const APP_VERSION: string = process.env.KITH_VERSION ?? 'development';
