/** The two variables that the build inlines. There is no `process` on a phone. */
declare const process: { readonly env: { readonly KITH_VERSION?: string; readonly NODE_ENV: string } };
