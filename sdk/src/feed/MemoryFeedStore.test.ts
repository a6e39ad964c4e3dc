import { describeFeedStore } from '../testing/describeFeedStore.ts';
import { MemoryFeedStore } from './MemoryFeedStore.ts';

describeFeedStore('the store in memory', async () => {
  const store = new MemoryFeedStore();
  return { open: async () => store };
});
