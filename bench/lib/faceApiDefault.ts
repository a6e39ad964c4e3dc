import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { BrowserContext } from 'playwright';

const TYPES: Record<string, string> = {
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};
const ROOT = join(import.meta.dirname, '../../node_modules');

/**
 * Measures the frames per second of face-api's default pipeline (SSD MobileNet, 68 points, encoding of every face) on
 * this browser's camera, with tfjs on WASM. As in its documentation, it runs on the page itself, frame after frame.
 */
export async function faceApiDefault(context: BrowserContext, seconds: number): Promise<number> {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (path === '/') return response.writeHead(200, { 'Content-Type': 'text/html' }).end('<video></video>');
    const file = await readFile(join(ROOT, path)).catch(() => null);
    response.writeHead(file ? 200 : 404, { 'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream' });
    response.end(file ?? undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const page = await context.newPage();
  try {
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.addScriptTag({ url: '/@vladmandic/face-api/dist/face-api.js' });
    return await page.evaluate(async (duration) => {
      const { faceapi } = window as unknown as { faceapi: FaceApi };
      faceapi.tf.setWasmPaths('/@tensorflow/tfjs-backend-wasm/dist/');
      await faceapi.tf.setBackend('wasm');
      await faceapi.tf.ready();
      const { ssdMobilenetv1, faceLandmark68Net, faceRecognitionNet } = faceapi.nets;
      for (const net of [ssdMobilenetv1, faceLandmark68Net, faceRecognitionNet]) {
        await net.loadFromUri('/@vladmandic/face-api/model');
      }
      const video = document.querySelector('video') as HTMLVideoElement;
      video.srcObject = await navigator.mediaDevices.getUserMedia({ video: true });
      await video.play();
      // The first iteration is a warm-up. No function in here: tsx's output for it does not run in a page.
      let start = 0;
      let rounds = -1;
      while (rounds < 0 || performance.now() - start < duration * 1000) {
        await faceapi.detectAllFaces(video).withFaceLandmarks().withFaceDescriptors();
        rounds += 1;
        if (rounds === 0) start = performance.now();
      }
      return (rounds * 1000) / (performance.now() - start);
    }, seconds);
  } finally {
    await page.close();
    server.close();
  }
}

/** The part of face-api's global that is used here. Its own types describe modules. */
interface FaceApi {
  tf: { setWasmPaths(folder: string): void; setBackend(name: string): Promise<boolean>; ready(): Promise<void> };
  nets: Record<
    'ssdMobilenetv1' | 'faceLandmark68Net' | 'faceRecognitionNet',
    { loadFromUri(uri: string): Promise<void> }
  >;
  detectAllFaces(video: HTMLVideoElement): {
    withFaceLandmarks(): { withFaceDescriptors(): Promise<unknown[]> };
  };
}
