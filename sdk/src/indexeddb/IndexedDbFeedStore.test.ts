import 'fake-indexeddb/auto';
import { describeFeedStore } from '../testing/describeFeedStore.ts';
import { IndexedDbFeedStore } from './IndexedDbFeedStore.ts';

let count = 0;
describeFeedStore('the store in IndexedDB', async () => {
  const name = `gallery-${count++}`;
  return { open: () => IndexedDbFeedStore.open(name) };
});
