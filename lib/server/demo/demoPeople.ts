import { ENCODING_LENGTH } from '@kith/sdk';
import { averageFace } from './averageFace';
import { seededNormal, seededUniform } from './seededNormal';

const FIRST_NAMES =
  'Ana Amélie Ben Björn Chloé Dina Emre Eva Farah Félix Grace Hana Igor Ines Jakub Jonas Karim Lea Léon Lina Malik Marta Maya Mikael Nadia Nils Noah Olga Omar Paula Priya Quentin Rosa Samir Sara Tomás Uma Viktor Wanjiru Yara Yuki Zoe'.split(
    ' ',
  );
const LAST_NAMES =
  'Abebe Almeida Andersson Bauer Becker Chen Cohen Costa Diallo Dubois Eriksson Fischer Fraser García Haddad Hansen Hoffmann Ivanova Jensen Kaplan Keller Kim Kowalski Lang Laurent Lopez Martin Meyer Moreau Müller Nakamura Novák Okafor Osei Patel Petrov Quist Ricci Rossi Santos Schmidt Singh Tanaka Torres Ueda Varga Weber Yılmaz Zhang'.split(
    ' ',
  );
const DEPARTMENTS = ['Assembly', 'Canteen', 'Design', 'Finance', 'Logistics', 'Night shift', 'Research', 'Visitors'];

/** Standard deviation of each component of a person's centre: people are then about 0.8 apart. */
const CENTRE_DEVIATION = 0.8 / Math.sqrt(2 * ENCODING_LENGTH);
/** Standard deviation of each component of a sample around its centre: samples of a person are about 0.35 apart. */
const SAMPLE_DEVIATION = 0.35 / Math.sqrt(2 * ENCODING_LENGTH);
/** Where all of them lie. */
const MIDDLE = averageFace(Math.hypot(CENTRE_DEVIATION, SAMPLE_DEVIATION));

export interface DemoSample {
  encoding: Float32Array;
  /** 0–1. */
  score: number;
  /** Side of the face in the generated picture, pixels. */
  side: number;
}

export interface DemoPerson {
  name: string;
  department: string;
  samples: DemoSample[];
}

/**
 * Generates synthetic people; the same seed gives the same people. Their encodings are distributed like those of dlib's
 * model: each sample is its person's centre plus noise, around a face of average crowding.
 */
export function* demoPeople({ seed = 1, samplesEach = 3 } = {}): Generator<DemoPerson, never> {
  const normal = seededNormal(seed);
  const uniform = seededUniform(seed + 1);
  const pick = (list: readonly string[]) => list[Math.floor(uniform() * list.length)] as string;
  for (;;) {
    const centre = MIDDLE.map((value) => value + normal() * CENTRE_DEVIATION);
    yield {
      name: `${pick(FIRST_NAMES)} ${pick(LAST_NAMES)}`,
      department: pick(DEPARTMENTS),
      samples: Array.from({ length: samplesEach }, () => ({
        encoding: centre.map((value) => value + normal() * SAMPLE_DEVIATION),
        // Most samples of a gallery have a high score.
        score: Math.round((1 - 0.8 * uniform() ** 2) * 100) / 100,
        side: 60 + Math.floor(uniform() * 400),
      })),
    };
  }
}
