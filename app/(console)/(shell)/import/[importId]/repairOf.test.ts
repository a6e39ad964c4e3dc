import { expect, test } from 'vitest';
import { repairOf } from './repairOf';

const row = { source: 'https://a/group.jpg', unique_args: { user_name: 'Ada', user_id: 7, dept: 'R' } };
const position = { top: 1, left: 2, bottom: 3, right: 4 };
const entered = { url: row.source, name: ' Ada King ', userId: '7', position };

test('a face that was chosen is sent with the picture that it was chosen in', () => {
  const unique_args = { user_name: 'Ada King', user_id: '7', dept: 'R' };
  expect(repairOf(row, entered)).toEqual({ unique_args, position });
  expect(repairOf(row, { ...entered, url: '' })).toEqual({ unique_args, position });
});

test('another address goes without it, and what is emptied is gone', () => {
  expect(repairOf(row, { ...entered, url: ' https://a/ada.jpg ', userId: ' ' })).toEqual({
    unique_args: { user_name: 'Ada King', dept: 'R' },
    image_url: 'https://a/ada.jpg',
  });
});
