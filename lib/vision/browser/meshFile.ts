import * as tf from '@tensorflow/tfjs';
import { modelUrl } from './assets';

/**
 * The face mesh's graph and weights, fetched once for the two that read them: asked for twice at the same moment,
 * Chromium lets one of the answers of a service worker fail now and then, upon which recognition does not start.
 * Throws what fetch throws.
 */
export async function fetchMeshFile(): Promise<tf.io.IOHandler> {
  const artifacts = await tf.io.http(modelUrl('facemesh.json')).load?.();
  if (!artifacts) throw new Error('tfjs reads no models over HTTP');
  return { load: async () => artifacts };
}
