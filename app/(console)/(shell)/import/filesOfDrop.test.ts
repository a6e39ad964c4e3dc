import { expect, test } from 'vitest';
import { filesOfDrop } from './filesOfDrop';

/** What a browser hands out for a file of a folder (File and Directory Entries API). */
function fileEntry(fullPath: string) {
  const name = fullPath.split('/').at(-1) ?? '';
  return { isFile: true, fullPath, file: (give: (file: File) => void) => give(new File(['x'], name)) };
}

/** A folder whose reader gives its entries in portions, the last of them empty, as browsers do. */
function folderEntry(entries: unknown[], portion: number) {
  return {
    isFile: false,
    createReader() {
      let at = 0;
      return {
        readEntries(give: (some: unknown[]) => void) {
          give(entries.slice(at, at + portion));
          at += portion;
        },
      };
    },
  };
}

/** A drop, as far as it is looked at. */
const dropOf = (items: object[]) => ({ items }) as unknown as DataTransfer;

test('walks folders to their end, folders inside them too', async () => {
  const ada = folderEntry(
    ['1', '2', '3'].map((name) => fileEntry(`/people/Ada Lovelace/${name}.jpg`)),
    2,
  );
  const people = folderEntry([ada, fileEntry('/people/Grace Hopper.jpg')], 100);
  const found = await filesOfDrop(dropOf([{ webkitGetAsEntry: () => people }]));
  expect(found.map(({ path }) => path)).toEqual([
    '/people/Ada Lovelace/1.jpg',
    '/people/Ada Lovelace/2.jpg',
    '/people/Ada Lovelace/3.jpg',
    '/people/Grace Hopper.jpg',
  ]);
});

test('takes a file that is in no file system, and leaves text out', async () => {
  const file = new File(['x'], 'Ada Lovelace.jpg');
  const found = await filesOfDrop(
    dropOf([
      { webkitGetAsEntry: () => null, getAsFile: () => file },
      { webkitGetAsEntry: () => null, getAsFile: () => null },
    ]),
  );
  expect(found).toEqual([{ path: 'Ada Lovelace.jpg', file }]);
});
