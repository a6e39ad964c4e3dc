export { FileFeedStore } from './FileFeedStore.ts';
export { GalleryFileError } from './GalleryFile.ts';
