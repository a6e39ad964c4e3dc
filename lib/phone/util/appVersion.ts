/** Version of this build, as reported to the server; set by next.config.mjs. */
export const APP_VERSION: string = process.env.KITH_VERSION ?? 'development';
