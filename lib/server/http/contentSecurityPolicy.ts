/**
 * Returns the policy of a page: it loads from this server only, and runs scripts only with this response's nonce.
 * `strict-dynamic` lets Next's first script load the others. `wasm-unsafe-eval` compiles WebAssembly (the matcher and
 * tfjs) without allowing `eval`. `blob:` and `data:` are pictures that a person chose, before they are sent.
 * Styles keep `unsafe-inline`, because positions of boxes and plots are style attributes, which cannot carry a nonce.
 */
export function contentSecurityPolicy(nonce: string): string {
  const development = process.env.NODE_ENV === 'development';
  return [
    "default-src 'self'",
    // React's development build uses eval to explain errors.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic' 'wasm-unsafe-eval'${development ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "font-src 'self'",
    "connect-src 'self' blob: data:",
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
