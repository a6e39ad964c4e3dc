/**
 * The folders of each part of `lib/`, the lowest first: each imports only from those before it.
 * @type {Record<string, string[]>}
 */
export const ORDER = {
  'lib/shared': ['util', 'text', 'vision', 'trust', 'contract', 'transfer'],
  'lib/server': [
    'platform',
    'settings',
    'audit',
    'access',
    'feed',
    'gallery',
    'outbound',
    'images',
    'vision',
    'lists',
    'idempotency',
    'webhooks',
    'people',
    'batches',
    'events',
    'review',
    'http',
    'transfer',
    'start',
    'demo',
  ],
  'lib/phone': ['util', 'vision', 'store', 'offline', 'recognition', 'sync', 'session'],
};

/**
 * What each part may import of the others.
 * @type {Record<string, string[]>}
 */
export const MAY_IMPORT = {
  sdk: [],
  db: [],
  'lib/shared': ['sdk'],
  'lib/server': ['db', 'sdk', 'lib/shared'],
  'lib/phone': ['sdk', 'lib/shared'],
  cli: ['db', 'sdk', 'lib/shared', 'lib/server'],
  app: ['db', 'sdk', 'lib/shared', 'lib/server', 'lib/phone'],
};

/**
 * The part of the project that a file belongs to: a top folder, or one of the three in `lib/`.
 * @param {string} file
 */
export function partOf(file) {
  const [top = '', second = ''] = file.split('/');
  return top === 'lib' ? `${top}/${second}` : top;
}

/**
 * The folder that the rules and the drawing name: `lib/server/people`, `app`.
 * @param {string} file
 */
export function folderOf(file) {
  const part = partOf(file);
  const [inner = ''] = file.slice(part.length + 1).split('/');
  return part in ORDER && !inner.includes('.') ? `${part}/${inner}` : part;
}

/** @param {string} file */
export const isTest = (file) => /\.test\.|\/testing\//.test(file);
