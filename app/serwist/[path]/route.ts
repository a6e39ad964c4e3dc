import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { createSerwistRoute } from '@serwist/turbopack';
import { scanShell } from '@/lib/server/start/scanShell';

const distDir = process.env.NEXT_DIST_DIR ?? '.next';

/** Built files carry their hash in their name; what lies in `public/` and the page itself are told apart by revision. */
const ICONS = ['icon.svg', 'icon-192.png', 'icon-512.png', 'maskable-192.png', 'maskable-512.png', 'apple-180.png'];

/** The service worker of the recognition page, made when the application is built. */
export const { dynamic, dynamicParams, revalidate, generateStaticParams, GET } = createSerwistRoute({
  swSrc: 'lib/phone/serviceWorker.ts',
  useNativeEsbuild: true,
  globDirectory: process.cwd(),
  globPatterns: [
    `${distDir}/static/**/*.{js,css,wasm,woff2}`,
    `public/icons/{${ICONS.join(',')}}`,
    'public/scan.webmanifest',
  ],
  dontCacheBustURLsMatching: /\/static\//,
  manifestTransforms: [
    async (entries) => {
      const shell = scanShell(join(/* turbopackIgnore: true */ process.cwd(), distDir));
      const manifest = entries.filter(({ url }) => {
        const built = url.split(`${distDir}/`)[1];
        return built === undefined || shell.has(built);
      });
      const revision = createHash('sha256').update(JSON.stringify(manifest)).digest('hex').slice(0, 16);
      return { manifest: [...manifest, { url: '/scan', revision, size: 0 }], warnings: [] };
    },
  ],
  esbuildOptions: {
    define: {
      APP_VERSION: JSON.stringify(process.env.KITH_VERSION ?? 'development'),
      'process.env.NODE_ENV': '"production"',
    },
    tsconfig: 'tsconfig.json',
    sourcemap: false,
  },
});
