/** @type {import('next').NextConfig} */
const config = {
  // Tests build beside a running server without disturbing it.
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  poweredByHeader: false,
  reactStrictMode: true,
  transpilePackages: ['@kith/sdk'],
  turbopack: {
    // Both are scripts without ES exports that break the bundle; only a runtime we do not use needs them.
    resolveAlias: {
      '@mediapipe/face_mesh': './lib/vision/browser/mediapipeStub.ts',
      '@mediapipe/face_detection': './lib/vision/browser/mediapipeStub.ts',
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
  ],
};

export default config;
