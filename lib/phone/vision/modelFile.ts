import * as tf from '@tensorflow/tfjs';
import { modelUrl } from './assets';

/** Fetches a file of our own origin, or returns it from the cache. Rejects as `fetch` does. */
export type FetchAsset = (url: string) => Promise<Response>;

/**
 * Loads a network's graph and weights, fetched once for all readers. Throws what fetching throws.
 * @param name of the graph in `models/browser.json`
 */
export async function readModelFile(name: string, fetchAsset: FetchAsset): Promise<tf.io.IOHandler> {
  const fetchFunc = (url: RequestInfo | URL) => fetchAsset(String(url));
  const artifacts = await tf.io.http(modelUrl(name), { fetchFunc }).load?.();
  if (!artifacts) throw new Error('tfjs cannot load models over HTTP');
  return { load: async () => artifacts };
}

/**
 * Loads only the weights, by name, of a network that is built in code. Throws what fetching throws.
 * @param name of their manifest in `models/browser.json`
 */
export async function readWeights(name: string, fetchAsset: FetchAsset): Promise<tf.NamedTensorMap> {
  const fetched = async (url: string) => {
    const response = await fetchAsset(url);
    if (!response.ok) throw new Error(`${url} returned status ${response.status}`);
    return response;
  };
  const manifest: tf.io.WeightsManifestConfig = await (await fetched(modelUrl(name))).json();
  const load = tf.io.weightsLoaderFactory((urls) =>
    Promise.all(urls.map(async (url) => (await fetched(url)).arrayBuffer())),
  );
  return load(manifest, modelUrl(''));
}
