import { describe, expect, test } from 'vitest';
import { personsOfPaths } from './personsOfPaths';

describe('below a chosen folder', () => {
  test.each([
    ['Ada Lovelace/1.jpg', 'Ada Lovelace'],
    ['Ada_Lovelace/1.jpg', 'Ada Lovelace'],
    ['Ada Lovelace/2024/1.jpg', 'Ada Lovelace'],
    ['Ada Lovelace/IMG/cropped/IMG_1234.jpg', 'Ada Lovelace'],
    ['Ada Lovelace/photos/2/Grace.jpg', 'Ada Lovelace'],
    ['101/1.jpg', '101'],
    ['2024/Ada Lovelace/1.jpg', 'Ada Lovelace'],
    ['photos/Ada Lovelace.jpg', 'Ada Lovelace'],
    ['people/Ada Lovelace/1.jpg', 'Ada Lovelace'],
    ['Jose\u0301 Pe\u0301rez/1.jpg', 'José Pérez'],
    ['Ada\u00a0 Lovelace/1.jpg', 'Ada Lovelace'],
  ])('%s shows %s', (path, person) => {
    expect(personsOfPaths([path])).toEqual([person.normalize('NFC')]);
  });

  test('each file of a flat folder is a person', () => {
    expect(personsOfPaths(['Ada Lovelace.jpg', 'Alan Turing.JPG', 'Grace Hopper.jpeg'])).toEqual([
      'Ada Lovelace',
      'Alan Turing',
      'Grace Hopper',
    ]);
    expect(personsOfPaths(['1.jpg', '2.jpg', 'IMG_0001.jpg'])).toEqual(['1', '2', 'IMG 0001']);
  });

  test('pictures numbered in two folders of years are not made one person', () => {
    expect(personsOfPaths(['2023/1.jpg', '2024/1.jpg'])).toEqual(['2023 1', '2024 1']);
  });
});

describe('the name of a file', () => {
  test.each([
    ['Ada_Lovelace.jpg', 'Ada Lovelace'],
    ['Ada Lovelace-2.jpg', 'Ada Lovelace'],
    ['Ada_Lovelace_02.jpeg', 'Ada Lovelace'],
    ['George_W_Bush_0012.jpg', 'George W Bush'],
    ['Ada (3).png', 'Ada'],
    ['Ada (C3PO).png', 'Ada (C3PO)'],
    ['Ada2-B.png', 'Ada2-B'],
    ['Ada-.png', 'Ada'],
    ['Ada Lovelace - Copy.jpg', 'Ada Lovelace'],
    ['Ada_Lovelace_cropped.jpg', 'Ada Lovelace'],
    ['Ada - Copy (2).jpg', 'Ada'],
    ['Ada_cropped_2.jpg', 'Ada'],
    ['Ada 3 - Copy (2).jpg', 'Ada'],
    ['employee 7 - Copy (2).jpg', 'employee 7'],
    ['emp101 - Copy (2).jpg', 'emp101'],
    ['Copy (2).jpg', 'Copy (2)'],
    ['Ada Lovelace (2) - Copy.jpg', 'Ada Lovelace'],
    ['emp101.jpg', 'emp101'],
    ['emp103.JPEG', 'emp103'],
    ['emp_7.jpg', 'emp 7'],
    ['employee 12.jpg', 'employee 12'],
    ['acme-101.jpg', 'acme-101'],
    ['person1.jpg', 'person1'],
    ['007.jpg', '007'],
    ['101.jpg', '101'],
    ['photo-1.jpg', 'photo-1'],
    ['Mohamed Copy.jpg', 'Mohamed'],
    ['Copy.jpg', 'Copy'],
    ['.jpg', '.jpg'],
  ])('%s shows %s', (path, person) => {
    expect(personsOfPaths([path])).toEqual([person]);
  });

  test('made to keep it busy takes no time', () => {
    const started = performance.now();
    for (const character of [' ', '1', '(', '-', '.', '_', ' copy', 'a ']) {
      personsOfPaths([`${character.repeat(20_000)}x`, `${character.repeat(20_000)} 1.jpg`]);
    }
    expect(performance.now() - started).toBeLessThan(8_000);
  });
});

describe('in a ZIP, or in folders chosen together', () => {
  const named = (...paths: string[]) => personsOfPaths(paths, { wrapped: true });

  test('a flat folder around all files is no person', () => {
    expect(named('people/Ada Lovelace.jpg', 'people/Alan Turing.jpg')).toEqual(['Ada Lovelace', 'Alan Turing']);
    expect(named('class 5b/Ada Lovelace.jpg', 'class 5b/emp101.jpg', 'class 5b/101.jpg')).toEqual([
      'Ada Lovelace',
      'emp101',
      '101',
    ]);
    expect(named('people/1.jpg', 'people/2.jpg')).toEqual(['1', '2']);
  });

  test('people are the folders below the top, however many folders are around', () => {
    expect(named('staff/Ada Lovelace/1.jpg', 'staff/Alan/2024/2.jpg', 'staff/Grace Hopper.jpg')).toEqual([
      'Ada Lovelace',
      'Alan',
      'Grace Hopper',
    ]);
    expect(named('export/staff/Ada/1.jpg', 'export/staff/Alan/1.jpg')).toEqual(['Ada', 'Alan']);
    expect(named('class A/Ada/1.jpg', 'class B/Alan/1.jpg')).toEqual(['Ada', 'Alan']);
  });

  test('folders of people at the top are those people', () => {
    expect(named('Ada/1.jpg', 'Alan/2024/x.jpg')).toEqual(['Ada', 'Alan']);
    expect(named('Ada Lovelace/1.jpg', 'Ada Lovelace/2024/IMG_2.jpg')).toEqual(['Ada Lovelace', 'Ada Lovelace']);
  });
});

test.each([
  ['folders', ['class A', 'Grace']],
  ['inner-folders', ['Ada', 'Grace']],
  ['files', ['portrait', 'Grace']],
] as const)('names from %s are %j, where that is asked for', (namesFrom, names) => {
  expect(personsOfPaths(['class A/Ada/portrait.jpg', 'Grace.jpg'], { namesFrom })).toEqual(names);
});
