export { IndexedDbFeedStore } from './IndexedDbFeedStore.ts';
