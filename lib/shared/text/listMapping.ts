import { foldName } from './foldName';
import { GROUP_COLUMN, groupsOfCell } from './groupColumn';
import type { ListRow, ParsedList } from './parseList';

/** Meanings of columns, by their names; empty if there is no such column. */
export interface ListMapping {
  /** The URL of the picture. */
  url: string;
  /** The caller's own id of the person: `user_id`. */
  id: string;
  /** The name of the person, or the first part of it: `user_name`. */
  name: string;
  /** The second part of the name. */
  surname: string;
  /** Names of groups that the person is added to. */
  groups: string;
}

/** Common spellings without blanks and punctuation, in lower case. The first one found is used. */
const SPELLINGS: Record<keyof ListMapping, string> = {
  url:
    'imageurl photourl pictureurl imagelink photolink picturelink imageaddress photoaddress url link image photo ' +
    'picture pic portrait headshot avatar bild bildurl foto fotourl bildadresse imagen urlfoto lienphoto',
  id:
    'userid personid externalid employeeid employeeno employeenumber employeenr empid empno empnumber empcode ' +
    'staffid staffno staffnumber personnelnumber personnelno personnelid payrollnumber payrollid ' +
    'studentid studentno studentnumber pupilid memberid memberno membernumber membershipnumber membershipid ' +
    'badgeid badgeno badgenumber badge cardid cardno cardnumber customerid clientid patientid patientno mrn ' +
    'registrationnumber rollno rollnumber admissionno uid uuid guid id idno idnumber number no nr nummer num code ' +
    'personalnummer personalnr mitarbeiternummer mitarbeiternr mitarbeiterid ausweisnummer matrikelnummer schulernummer ' +
    'kundennummer mitgliedsnummer matricule nummatricule numero numeroempleado legajo dni codigo cedula',
  name:
    'username fullname displayname name personname employeename staffname studentname pupilname membername ' +
    'customername patientname person employee student member vollername ganzername mitarbeiter nomcomplet nombrecompleto ' +
    'nomprenom nombre nom имя фио firstname givenname forename first vorname prenom nombres',
  surname: 'lastname surname familyname last nachname familienname nomdefamille apellido apellidos',
  groups: GROUP_COLUMN.join(' '),
};

/** Spellings of a first name, which a surname completes. */
const FIRST_NAMES = new Set('firstname givenname forename first vorname prenom nombre nombres name'.split(' '));

/** Returns a column's name without case, blanks, punctuation and accents. */
const plain = (column: string): string =>
  column
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** Guesses the meanings of columns. */
export function guessMapping(columns: readonly string[]): ListMapping {
  const find = (field: keyof ListMapping) => {
    const spelled = SPELLINGS[field].split(' ').find((one) => columns.some((column) => plain(column) === one));
    return columns.find((column) => plain(column) === spelled) ?? '';
  };
  const found = { url: find('url'), id: find('id'), groups: find('groups') };
  const name = find('name');
  const surname = find('surname');
  // Beside `Prénom`, `Nom` is the family name.
  if (plain(name) === 'nom') {
    const first = columns.find((column) => plain(column) === 'prenom');
    if (first !== undefined) return { ...found, name: first, surname: name };
  }
  return {
    ...found,
    name: name || surname,
    surname: FIRST_NAMES.has(plain(name)) ? surname : '',
  };
}

/** A row that can be enrolled. */
export interface RowToEnrol {
  /** Number of the row, as in the list. */
  number: number;
  image_url: string;
  unique_args: Record<string, string>;
  groups: string[];
}

export interface MappedList {
  rows: RowToEnrol[];
  /** Rows that cannot be enrolled, with a short reason. */
  leftOut: { number: number; reason: string }[];
}

/**
 * Returns the rows of a list by the meanings of its columns. Columns without a meaning become attributes with their own
 * names.
 */
export function mapList({ columns, rows }: ParsedList, mapping: ListMapping): MappedList {
  const mapped: MappedList = { rows: [], leftOut: [] };
  const known = new Set(Object.values(mapping));
  const others = columns.filter((column) => !known.has(column));
  for (const row of rows) {
    const reason = row.problem ?? problemOf(row.cells[mapping.url]?.trim() ?? '');
    if (reason === null) mapped.rows.push(rowToEnrol(row, mapping, others));
    else mapped.leftOut.push({ number: row.number, reason });
  }
  return mapped;
}

function problemOf(url: string): string | null {
  if (url === '') return 'no address of a picture';
  return /^(https?:\/\/|data:)/i.test(url) ? null : 'the address of the picture does not begin with https://';
}

function rowToEnrol({ number, cells }: ListRow, mapping: ListMapping, others: readonly string[]): RowToEnrol {
  const cell = (column: string) => (column === '' ? '' : (cells[column]?.trim() ?? ''));
  const entries = [
    ...others.map((column): [string, string] => [column, cell(column)]),
    ['user_id', cell(mapping.id)],
    ['user_name', foldName(`${cell(mapping.name)} ${cell(mapping.surname)}`)],
  ] as [string, string][];
  return {
    number,
    image_url: cell(mapping.url),
    unique_args: Object.fromEntries(entries.filter(([, value]) => value !== '')),
    groups: groupsOfCell(cell(mapping.groups)),
  };
}
