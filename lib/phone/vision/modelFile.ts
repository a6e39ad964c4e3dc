import * as tf from '@tensorflow/tfjs';
import { modelUrl } from './assets';

/** Fetches a file of our own origin, or takes it from where it is kept. Rejects as `fetch` does. */
export type FetchAsset = (url: string) => Promise<Response>;

/**
 * A network's graph and weights, fetched once for all who read them. Throws what fetching throws.
 * @param name of the graph in `models/browser.json`
 */
export async function readModelFile(name: string, fetchAsset: FetchAsset): Promise<tf.io.IOHandler> {
  const fetchFunc = (url: RequestInfo | URL) => fetchAsset(String(url));
  const artifacts = await tf.io.http(modelUrl(name), { fetchFunc }).load?.();
  if (!artifacts) throw new Error('tfjs reads no models over HTTP');
  return { load: async () => artifacts };
}

/**
 * The weights alone, by their names, of a network that is built by code. Throws what fetching throws.
 * @param name of their manifest in `models/browser.json`
 */
export async function readWeights(name: string, fetchAsset: FetchAsset): Promise<tf.NamedTensorMap> {
  const fetched = async (url: string) => {
    const response = await fetchAsset(url);
    if (!response.ok) throw new Error(`${url} answered ${response.status}`);
    return response;
  };
  const manifest: tf.io.WeightsManifestConfig = await (await fetched(modelUrl(name))).json();
  const load = tf.io.weightsLoaderFactory((urls) =>
    Promise.all(urls.map(async (url) => (await fetched(url)).arrayBuffer())),
  );
  return load(manifest, modelUrl(''));
}
