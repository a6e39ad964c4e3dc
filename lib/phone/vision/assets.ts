import manifest from '@/models/browser.json';

/**
 * Version of everything in `models/browser.json`. Part of every URL below, so that the content of a URL never changes.
 */
export const ASSETS_VERSION = manifest.version;

export interface Asset {
  /** Path on our own origin. */
  url: string;
  bytes: number;
  sha256: string;
}

/** Every file that the pipeline may load at runtime; `scripts/assets.mjs` puts them in place. */
export const ASSETS: readonly Asset[] = manifest.files.map(({ file, bytes, sha256 }) => {
  const [folder, name] = file.split('/');
  return { url: `/${folder}/${manifest.version}/${name}`, bytes, sha256 };
});

/** Returns the URL of a model's file, by its name in `models/browser.json`. */
export const modelUrl = (name: string): string => `/models/${manifest.version}/${name}`;

/** The folder from which tfjs fetches its WebAssembly. */
export const WASM_FOLDER = `/wasm/${manifest.version}/`;
