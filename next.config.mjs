import { readFileSync } from 'node:fs';
import { PHASE_PRODUCTION_BUILD } from 'next/constants.js';

const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8'));

/**
 * What is read from disk at run time and never imported, so that tracing cannot see it: the migrations, the models, and
 * the library that ONNX Runtime's binding links, of this machine's kind alone.
 */
const READ_AT_RUN_TIME = [
  'drizzle/**/*',
  'models/*.onnx',
  'models/built.json',
  `node_modules/onnxruntime-node/bin/napi-v6/${process.platform}/${process.arch}/*`,
];

/** @type {(phase: string) => import('next').NextConfig} */
const config = (phase) => ({
  // A build also leaves what an image holds in `standalone/`, except on Vercel, which makes functions of the traces.
  // Asked of the build alone: `next start` would warn of it.
  output: phase === PHASE_PRODUCTION_BUILD && !process.env.VERCEL ? 'standalone' : undefined,
  // Tests build beside a running server without disturbing it.
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  // Which build a page and its service worker are of.
  env: { KITH_VERSION: version },
  outputFileTracingIncludes: { '/*': READ_AT_RUN_TIME },
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm test` checks the types of everything; a start does not have to wait for it again.
  typescript: { ignoreBuildErrors: true },
  // A page someone may not see answers 403, not a redirect or an empty 200.
  experimental: { authInterrupts: true },
  transpilePackages: ['@kith/sdk'],
  turbopack: {
    // Both are scripts without ES exports that break the bundle; only a runtime we do not use needs them.
    resolveAlias: {
      '@mediapipe/face_mesh': './lib/phone/vision/mediapipeStub.ts',
      '@mediapipe/face_detection': './lib/phone/vision/mediapipeStub.ts',
    },
  },
  serverExternalPackages: [
    'onnxruntime-node',
    'sharp',
    'pino',
    'prom-client',
    '@electric-sql/pglite',
    '@electric-sql/pglite-pgvector',
    '@node-rs/argon2',
    '@serwist/turbopack',
  ],
  // The Content-Security-Policy comes from proxy.ts: it needs a nonce an answer.
  headers: async () => [
    {
      // The version is part of the path, so what was fetched once is good for ever.
      source: '/(models|wasm)/:path*',
      headers: [{ key: 'Cache-Control', value: 'public, max-age=31536000, immutable' }],
    },
    {
      source: '/:path*',
      headers: [
        { key: 'X-Content-Type-Options', value: 'nosniff' },
        { key: 'X-Frame-Options', value: 'DENY' },
        { key: 'Referrer-Policy', value: 'same-origin' },
        { key: 'Permissions-Policy', value: 'camera=(self), microphone=(), geolocation=(), payment=()' },
        { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
        { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
      ],
    },
  ],
});

export default config;
