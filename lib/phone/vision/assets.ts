import manifest from '@/models/browser.json';

/** Of everything in `models/browser.json`; part of every address below, so that one address is one file for ever. */
export const ASSETS_VERSION = manifest.version;

export interface Asset {
  /** Path on our own origin. */
  url: string;
  bytes: number;
  sha256: string;
}

/** Every file the pipeline may load while it runs; `scripts/assets.mjs` puts them there. */
export const ASSETS: readonly Asset[] = manifest.files.map(({ file, bytes, sha256 }) => {
  const [folder, name] = file.split('/');
  return { url: `/${folder}/${manifest.version}/${name}`, bytes, sha256 };
});

/** The address of a model's file, by its name in `models/browser.json`. */
export const modelUrl = (name: string): string => `/models/${manifest.version}/${name}`;

/** The folder that tfjs fetches its WebAssembly from. */
export const WASM_FOLDER = `/wasm/${manifest.version}/`;
