export * from './apiKeys';
export * from './feed';
export * from './images';
export * from './people';
export * from './samples';
export * from './tombstones';
