import { createInterface } from 'node:readline/promises';
import type { CameraOptions } from '../../options/CameraOptions';
import { CliError } from '../CliError';
import { tell } from '../output';
import { type FoundPeople, findPeople } from './findPeople';
import { type FoundCamera, listCameras } from './listCameras';

/**
 * Completes missing options: the camera, and the people to recognise. If there is only one choice, it is taken. If
 * there are several, the user chooses at a terminal; without one, the first camera is taken.
 * @throws CliError if the people are not clear and there is no terminal
 */
export async function chooseMissing(
  argument: string | undefined,
  options: CameraOptions,
  find = { cameras: listCameras, people: () => findPeople(), choose: chooseAtTerminal },
): Promise<CameraOptions> {
  const chosen = { ...options };
  if (options.known === undefined && options.gallery === undefined && options.server === undefined) {
    Object.assign(chosen, await choosePeople(await find.people(), find.choose));
  }
  if (argument === undefined && options.device === undefined && options.url === undefined) {
    const camera = await chooseCamera(await find.cameras(), find.choose);
    if (camera) chosen.device = camera.device;
  }
  return chosen;
}

/** Returns the index of the choice; null without a terminal. */
type Choose = (question: string, choices: string[]) => Promise<number | null>;

async function choosePeople(found: FoundPeople[], choose: Choose): Promise<FoundPeople | null> {
  const names = found.map((people) =>
    'gallery' in people ? `--gallery ${people.gallery}` : `--known ${people.known}`,
  );
  const [first, ...others] = found;
  if (!first) {
    throw new CliError(
      'No people to recognise. Make a folder of pictures named by person, such as people/Ada.jpg, and give it with ' +
        '--known people; or give --gallery FILE (made by kith sync) or --server URL.',
    );
  }
  if (others.length === 0) {
    tell(`People: ${names[0]}`);
    return first;
  }
  const index = await choose('Whom should be recognised?', names);
  if (index === null) throw new CliError(`There are several: ${names.join(', ')}. Give one of them.`);
  return found[index] ?? first;
}

async function chooseCamera(found: FoundCamera[], choose: Choose): Promise<FoundCamera | null> {
  const names = found.map(({ device, name }) => `${name} (--device ${device})`);
  const [first, ...others] = found;
  if (!first) return null;
  const index = others.length === 0 ? 0 : await choose('Which camera?', names);
  const camera = found[index ?? 0] ?? first;
  const more = index === null ? `; others: ${names.slice(1).join(', ')}` : '';
  tell(`Camera: ${camera.name} (--device ${camera.device})${more}`);
  return camera;
}

async function chooseAtTerminal(question: string, choices: string[]): Promise<number | null> {
  if (!process.stdin.isTTY) return null;
  for (const [i, choice] of choices.entries()) tell(`  ${i + 1}  ${choice}`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    for (;;) {
      const number = Number(await terminal.question(`${question} (1 to ${choices.length}) `));
      if (Number.isInteger(number) && number >= 1 && number <= choices.length) return number - 1;
    }
  } finally {
    terminal.close();
  }
}
