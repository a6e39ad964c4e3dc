import type { Env } from '@/lib/server/platform/env';

/** The largest request that a function gets (https://vercel.com/docs/functions/limitations#request-body-size). */
const BODY_BYTES = 4.5 * 1024 * 1024;

/** What these settings ask for and Vercel cannot do. */
export interface VercelLimits {
  /** One line each. With any of these, a function does not start. */
  refused: string[];
  /** One line each. The function starts, with less. */
  warnings: string[];
}

/**
 * Returns what follows for `env` from two facts: files that a function writes are lost, and nothing runs between
 * requests.
 */
export function vercelLimits(env: Env): VercelLimits {
  const refused: string[] = [];
  const warnings: string[] = [];
  if (env.DATABASE_URL === undefined) {
    refused.push(
      'DATABASE_URL must be set on Vercel, to the pooled URL: the embedded database needs a disk that stays',
    );
  }
  if (env.AUTH_SECRET === undefined) {
    refused.push('AUTH_SECRET must be set on Vercel: each function would make one of its own, and sign everybody out');
  }
  if (env.CRON_SECRET === undefined) {
    warnings.push('CRON_SECRET is not set: nobody may call /api/cron, so imports, webhooks and retention stand still');
  }
  if (env.MAX_IMAGE_BYTES > BODY_BYTES) {
    warnings.push('Vercel takes requests of 4.5 MB at most: larger pictures by image_url only, up to MAX_IMAGE_BYTES');
  }
  if (env.GALLERY !== 'pgvector') {
    warnings.push(
      'each function instance loads the gallery at its first match: GALLERY=pgvector searches in the database',
    );
  }
  return { refused, warnings };
}
