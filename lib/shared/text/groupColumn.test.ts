import { expect, test } from 'vitest';
import { cellOfGroups, groupsOfCell } from './groupColumn';
import { groupKey, groupName } from './groupKey';

test.each([
  ['Staff', ['Staff']],
  [' Staff ; Night shift|', ['Staff', 'Night shift']],
  ['Sales, East', ['Sales, East']],
  [' ; ', []],
  ['["Staff","A; B"]', ['Staff', 'A; B']],
  ['[Old] staff; Night', ['[Old] staff', 'Night']],
])('%j names groups', (cell, names) => {
  expect(groupsOfCell(cell)).toEqual(names);
});

test.each([[[]], [['Staff', 'Night']], [['A; B', 'C']], [['[1]']], [["'@home"]]])(
  '%j is read from its cell',
  (names) => {
    expect(groupsOfCell(cellOfGroups(names))).toEqual(names);
  },
);

test('spellings of one name are one group', () => {
  expect(groupName(' Cafe\u0301  E\u0301quipe ')).toBe('Café Équipe');
  expect(groupKey('CAFÉ équipe')).toBe(groupKey('Cafe\u0301  E\u0301quipe'));
});
