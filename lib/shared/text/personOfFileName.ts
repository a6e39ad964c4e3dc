import { foldName } from './foldName';
import { trimEndWhile } from './trimEndWhile';

/**
 * Words that name the picture but nobody in it, in English, German, French and Spanish, as used by cameras and people.
 */
const PICTURE_WORDS = new Set(
  (
    'img image images photo photos pic pics picture pictures portrait portraits face faces selfie headshot snapshot ' +
    'camera cam dcim dsc dscn dscf pxl vid mvimg imag scan scans screenshot whatsapp signal telegram ' +
    'crop crops cropped original originals edited edit raw jpeg jpg png thumb thumbs thumbnails small large full ' +
    'copy kopie copie copia front left right side profile passport ' +
    'bild bilder foto fotos imagen imagenes'
  ).split(' '),
);

/** Words for people in general, as in `employee 7` or in the name of a folder of everybody. */
const GROUP_WORDS = new Set(
  (
    'people persons person known employee employees emp staff user users member members student students pupil pupils ' +
    'team id uid nr no num number badge card personnel pers worker workers guest guests visitor visitors resident ' +
    'residents client clients customer customers patient patients subject subjects child children class ' +
    'enrolled enroll enrol import imports upload uploads export exports gallery ' +
    'mitarbeiter personal personen schueler schüler personne personnes employe employé employes employés eleve élève ' +
    'empleado empleados alumno alumnos personas matricule legajo'
  ).split(' '),
);

const wordsIn = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{M}]+/u)
    .filter(Boolean);
const hasDigit = (text: string): boolean => /\d/.test(text);

/** Returns whether a text is a number, a date or a year, with any separators between the digits. */
const isNumber = (text: string): boolean => hasDigit(text) && wordsIn(text).length === 0;

const isYear = (text: string): boolean => /^(19|20)\d\d$/.test(text) || /^(19|20)\d\d[-_. ]\d/.test(text);

/**
 * Returns whether a text consists of words for pictures, with or without numbers: `IMG_1234`, `photos 2`, `100CANON`.
 */
const isOfPicture = (text: string): boolean => {
  const words = wordsIn(text);
  if (/^\d{3}[A-Z_]{5}$/.test(text)) return true;
  return words.length > 0 && (words.every((word) => PICTURE_WORDS.has(word)) || words[0] === 'whatsapp');
};

/** Returns whether a folder's name is not a person's: a year, a date, words for pictures or for people in general. */
export function isGeneralFolder(name: string): boolean {
  const text = foldName(name);
  const words = wordsIn(text);
  return isYear(text) || isOfPicture(text) || (words.length > 0 && !hasDigit(text) && words.every(isGeneralWord));
}

const isGeneralWord = (word: string): boolean => PICTURE_WORDS.has(word) || GROUP_WORDS.has(word);

/** Returns whether a folder below a person's only divides their pictures. A number does too. */
export const isFolderOfPictures = (name: string): boolean => isNumber(foldName(name)) || isGeneralFolder(name);

/**
 * Returns whether a file name says nothing about who is shown: `1.jpg`, `IMG_1234.jpg`, `20240131_120000.jpg`,
 * `portrait.jpg`. A number of at least three digits without a leading zero may be somebody's own.
 */
export function namesNobody(fileName: string): boolean {
  const stem = stemOf(fileName);
  if (isOfPicture(stem) || isYear(stem)) return true;
  return isNumber(stem) && (/^0/.test(stem) || !/^\d{3,7}$/.test(stem));
}

/**
 * Returns the person that a file's own name gives. The extension, a word such as `cropped` at the end, and the number
 * of one of several pictures are removed: `Ada 2`, `Ada_02`, `Ada (2)` and `Ada - Copy (2)`. Underscores become spaces.
 * A number is part of the name if it is attached (`emp101`), stands alone, follows a word that names nobody (`employee
 * 7`, `IMG_1`), or has at least three digits (`acme-101`).
 */
export function personOfFileName(fileName: string): string {
  const stem = stemOf(fileName);
  let name = isOfPicture(stem) ? stem : withoutPictureWords(stem);
  let short = withoutNumberAtEnd(name);
  // Removes the number of a copy: `Ada - Copy (2)`.
  const copied = short === name ? short : withoutPictureWords(short);
  if (copied !== short) {
    name = copied;
    short = withoutNumberAtEnd(name);
  }
  const words = wordsIn(short);
  const keepsNumber = words.length === 0 ? short === '' : words.every(isGeneralWord);
  return foldName((keepsNumber ? name : short) || stem);
}

function stemOf(fileName: string): string {
  const dot = fileName.lastIndexOf('.');
  return foldName((dot > 0 ? fileName.slice(0, dot) : fileName).replaceAll('_', ' '));
}

const isSeparator = (character: string): boolean => /[\s-]/.test(character);

/** Maximum number of words removed at the end: ` - Copy - Copy`. */
const MOST_WORDS = 4;

function withoutPictureWords(stem: string): string {
  let name = stem;
  for (let words = 0; words < MOST_WORDS; words++) {
    const end = trimEndWhile(name, (character) => /\p{L}/u.test(character));
    const word = name.slice(end.length).toLowerCase();
    const rest = trimEndWhile(end, isSeparator);
    if (!/^(crop|cropped|copy|kopie|copie|copia|edited)$/.test(word) || rest === end || rest === '') return name;
    name = rest;
  }
  return name;
}

/** Returns a name without the number of a picture at its end, and without the blanks and dashes before it. */
function withoutNumberAtEnd(name: string): string {
  const inBrackets = name.endsWith(')');
  const number = inBrackets ? name.slice(0, -1) : name;
  let before = trimEndWhile(number, (character) => /\d/.test(character));
  const digits = number.slice(before.length);
  if (inBrackets) {
    if (digits === '' || !before.endsWith('(')) return name;
    before = before.slice(0, -1);
  } else if (digits !== '') {
    const isOwn = before !== '' && !isSeparator(before.at(-1) as string);
    if (isOwn || (digits.length > 2 && !digits.startsWith('0'))) return name;
  }
  return trimEndWhile(before, isSeparator);
}
