/**
 * Starts a function as Vercel's launcher for Next.js does: with Next's server in its minimal mode, in the function's
 * folder (github.com/vercel/vercel, packages/next/src/server-launcher.ts). Vercel calls the handler from its own
 * server. Here, a server on the loopback address calls it, and prints when it listens.
 */
const { readFileSync } = require('node:fs');
const { createServer } = require('node:http');

process.chdir(__dirname);
const { config } = JSON.parse(readFileSync('.next/required-server-files.json', 'utf8'));
const NextServer = require('next/dist/compiled/next-server/server.runtime.prod.js').default;
const server = new NextServer({
  conf: { ...config, compress: false },
  dir: '.',
  minimalMode: true,
  customServer: false,
});

createServer(server.getRequestHandler()).listen(Number(process.env.FUNCTION_PORT), '127.0.0.1', () => {
  console.log('listening');
});
