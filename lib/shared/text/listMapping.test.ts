import { expect, test } from 'vitest';
import { guessMapping, mapList } from './listMapping';
import { parseList } from './parseList';

test.each([
  ['image_url,user_id,user_name', ['image_url', 'user_id', 'user_name', '']],
  ['image-url,user_name', ['image-url', '', 'user_name', '']],
  ['IMAGE URL,Employee No.,Full Name', ['IMAGE URL', 'Employee No.', 'Full Name', '']],
  ['Photo link,Staff-ID,Employee', ['Photo link', 'Staff-ID', 'Employee', '']],
  ['id,employee_id,name,photo', ['photo', 'employee_id', 'name', '']],
  ['Personalnummer,Vorname,Nachname,Bild-URL', ['Bild-URL', 'Personalnummer', 'Vorname', 'Nachname']],
  ['Matricule,Nom,Prénom,Photo', ['Photo', 'Matricule', 'Prénom', 'Nom']],
  ['First name,Last name,Badge #,Picture', ['Picture', 'Badge #', 'First name', 'Last name']],
  ['url,full name,last name', ['url', '', 'full name', '']],
  ['url,Surname', ['url', '', 'Surname', '']],
  ['portrait,staff_no,called', ['portrait', 'staff_no', '', '']],
  ['address,a', ['', '', '', '']],
  ['Photo,Name,Groups', ['Photo', '', 'Name', '', 'Groups']],
  ['Nom,Prénom,Photo,group', ['Photo', '', 'Prénom', 'Nom', 'group']],
])('%s', (columns, [url, id, name, surname, groups = '']) => {
  expect(guessMapping(columns.split(','))).toEqual({ url, id, name, surname, groups });
});

test('rows keep the numbers of their file, and those without a picture are named', () => {
  const list = parseList(
    'Photo,Badge No,First name,Last name,Dept\nhttps://a/1.jpg,7,Jose\u0301,\u00a0Pe\u0301rez,\n,8,Ada,,R\nada.jpg,9,A,B,C\nhttps://a/4.jpg,9\ndata:;base64,AA,1,Al,an,Math,\n',
  );
  expect(mapList(list, guessMapping(list.columns))).toEqual({
    rows: [
      {
        number: 2,
        image_url: 'https://a/1.jpg',
        unique_args: { user_id: '7', user_name: 'José Pérez'.normalize('NFC') },
        groups: [],
      },
    ],
    leftOut: [
      { number: 3, reason: 'no address of a picture' },
      { number: 4, reason: 'the address of the picture does not begin with https://' },
      { number: 5, reason: '2 cells, and the header has 5' },
      { number: 6, reason: '7 cells, and the header has 5' },
    ],
  });
});

test('groups of JSON lines are names, and no attribute', () => {
  const list = parseList('{"image_url":"https://a/1.jpg","user_id":7,"groups":["Staff","Night; late"]}');
  expect(mapList(list, guessMapping(list.columns)).rows).toEqual([
    { number: 1, image_url: 'https://a/1.jpg', unique_args: { user_id: '7' }, groups: ['Staff', 'Night; late'] },
  ]);
});

test('a report names the same people and groups again, whatever its attributes are called', () => {
  const report = (...rows: [args: object, groups: string][]) =>
    [
      'row,image_url,unique_args,groups,status,face_id,error_type,error_message',
      ...rows.map(([args, groups], nth) => {
        const cell = JSON.stringify(args).replaceAll('"', '""');
        return `${nth + 1},https://a/${nth + 1}.jpg,"${cell}",${groups},enrolled,9,,`;
      }),
    ].join('\r\n');
  const again = (...rows: [args: object, groups: string][]) => {
    const list = parseList(report(...rows));
    const mapped = mapList(list, guessMapping(list.columns));
    return [...mapped.rows.map(({ unique_args, groups }) => [unique_args, groups]), ...mapped.leftOut];
  };
  const same: [Record<string, string>, string[]][] = [
    [{ user_name: 'Ada', code: '12' }, []],
    [{ user_id: '7', member: 'yes' }, []],
    [{ user_id: '8', group: 'B', photo_url: 'x', last_name: 'L', 'User ID': '1' }, ['A']],
    [{ name: 'gate', url: 'u' }, []],
  ];
  for (const [args, groups] of same) expect(again([args, groups.join()])).toEqual([[args, groups]]);
  expect(again(...same.map(([args, groups]): [object, string] => [args, groups.join()]))).toEqual(same);
  // With the apostrophe for spreadsheets.
  expect(again([{ user_id: '7' }, "'@home; Staff"])).toEqual([[{ user_id: '7' }, ['@home', 'Staff']]]);
  expect(again([{ user_id: '7' }, "'Friends'"])).toEqual([[{ user_id: '7' }, ["'Friends'"]]]);
  expect(again([{ user_id: '7', groups: 'x' }, ''])).toEqual([
    { number: 2, reason: 'an attribute with the name of the column groups' },
  ]);
});
