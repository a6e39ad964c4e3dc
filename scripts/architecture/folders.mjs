/**
 * The folders of each part of `lib/`, the lowest first. Each folder may import only from those before it.
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
 * The other parts that each part may import.
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
 * Returns the part of the project that a file belongs to: a top folder, or one of the three parts of `lib/`.
 * @param {string} file
 */
export function partOf(file) {
  const [top = '', second = ''] = file.split('/');
  return top === 'lib' ? `${top}/${second}` : top;
}

/**
 * Returns a file's folder as the rules and the drawing name it: `lib/server/people`, `app`.
 * @param {string} file
 */
export function folderOf(file) {
  const part = partOf(file);
  const [inner = ''] = file.slice(part.length + 1).split('/');
  return part in ORDER && !inner.includes('.') ? `${part}/${inner}` : part;
}

/** @param {string} file */
export const isTest = (file) => /\.test\.|\/testing\//.test(file);
