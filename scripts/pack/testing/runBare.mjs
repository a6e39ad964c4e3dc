/**
 * `node --experimental-vm-modules runBare.mjs FILE`: runs a module, and the modules next to it that it imports, without
 * anything of Node's. Only ECMAScript is available, and what browsers, Deno and edge workers have in common (WinterTC's
 * minimum).
 */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createContext, SourceTextModule } from 'node:vm';

const { AbortController, AbortSignal, atob, Blob, btoa, clearTimeout, console, crypto, DecompressionStream } =
  globalThis;
const { CompressionStream, DOMException, fetch, File, FormData, Headers, Request, Response, setTimeout } = globalThis;
const { ReadableStream, TextDecoder, TextEncoder, URL, URLSearchParams } = globalThis;

const context = createContext({
  ...{ AbortController, AbortSignal, atob, Blob, btoa, clearTimeout, console, crypto, DecompressionStream },
  ...{ CompressionStream, DOMException, fetch, File, FormData, Headers, Request, Response, setTimeout },
  ...{ ReadableStream, TextDecoder, TextEncoder, URL, URLSearchParams },
});

/** @type {Map<string, Promise<SourceTextModule>>} */
const modules = new Map();

/** @param {string} identifier */
function load(identifier) {
  const known = modules.get(identifier);
  if (known) return known;
  const loading = readFile(fileURLToPath(identifier), 'utf8').then(
    (text) => new SourceTextModule(text, { context, identifier }),
  );
  modules.set(identifier, loading);
  return loading;
}

const main = await load(pathToFileURL(resolve(process.argv[2] ?? '')).href);
await main.link((specifier, { identifier }) => load(new URL(specifier, identifier).href));
await main.evaluate();
