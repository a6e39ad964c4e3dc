/*
 * npm run bench:threads
 *
 * Measures whether tfjs' threaded WebAssembly is faster in Chromium. Runs the face mesh and a network of the encoder's
 * shape on the SIMD build, and on the threaded build with tfjs's own number of threads, two and four. The threaded
 * build needs a cross-origin isolated page and breaks when it is minified, so everything is served unbundled from
 * node_modules here. Prints a line of JSON each, with the median of forty runs in ms.
 */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { browserLaunch } from '../e2e/fixtures/browser';

const PACKAGES = fileURLToPath(new URL('../node_modules/', import.meta.url));
const WORKER = fileURLToPath(new URL('./lib/threadsWorker.js', import.meta.url));
const TYPES: Record<string, string> = { js: 'text/javascript', json: 'application/json', wasm: 'application/wasm' };

const server = createServer(async (request, response) => {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname;
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
  response.setHeader(
    'Content-Type',
    path === '/' ? 'text/html' : (TYPES[path.split('.').at(-1) ?? ''] ?? 'text/plain'),
  );
  if (path === '/') return response.end('<!doctype html><link rel="icon" href="data:,">');
  const file = path === '/worker.js' ? WORKER : join(PACKAGES, path);
  const content = await readFile(file).catch(() => null);
  response.writeHead(content ? 200 : 404).end(content);
}).listen(0, '127.0.0.1');
const browser = await chromium.launch(browserLaunch().launchOptions);
try {
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  for (const threads of [0, null, 2, 4]) {
    const result = await page.evaluate(
      (wanted) =>
        new Promise((resolve, reject) => {
          const worker = new Worker('/worker.js');
          worker.onerror = ({ message }) => reject(new Error(message));
          worker.onmessage = ({ data }) => {
            worker.terminate();
            resolve(data);
          };
          worker.postMessage({ threads: wanted });
        }),
      threads,
    );
    console.log(
      JSON.stringify({ asked: threads === 0 ? 'no threads' : (threads ?? 'as tfjs chooses'), ...Object(result) }),
    );
  }
} finally {
  await browser.close();
  server.close();
}
