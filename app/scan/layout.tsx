import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import Script from 'next/script';
import type { ReactNode } from 'react';
import './scan.css';

export const metadata: Metadata = {
  title: 'Kith Scan',
  description: 'Recognises the people it knows, with no network.',
  manifest: '/scan.webmanifest',
  icons: { icon: '/icons/icon.svg', apple: '/icons/apple-180.png' },
  appleWebApp: { capable: true, title: 'Kith Scan', statusBarStyle: 'black-translucent' },
  formatDetection: { telephone: false },
};

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  // The picture reaches under the notch and the home bar.
  viewportFit: 'cover',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f9fafb' },
    { media: '(prefers-color-scheme: dark)', color: '#131418' },
  ],
};

export default async function ScanLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  return (
    <div data-scan>
      {/* Empty. Next's client waits for it, so it starts in a later task than the one that evaluates React. */}
      <Script id="own-task" strategy="beforeInteractive" nonce={nonce}>
        {''}
      </Script>
      {children}
    </div>
  );
}
