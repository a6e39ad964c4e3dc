/** @type {import('next').NextConfig} */
const config = {
  // Tests build beside a running server without disturbing it.
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  poweredByHeader: false,
  reactStrictMode: true,
  transpilePackages: ['@kith/sdk'],
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
