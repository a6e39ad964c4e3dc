import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import type { AccuracyAnswer } from '@/lib/shared/contract/accuracy';
import { oneIn } from '@/lib/shared/trust/oneIn';
import { samplesWantedText } from '@/lib/shared/trust/samplesWanted';
import { examples } from '../lib/options';
import { startProgress } from '../lib/progress';
import { type ServerOptions, show, table, withServer } from '../server/command';
import { serverOf } from '../server/serverOf';

/** Pause between two calls, ms. Each call takes about as long; the pause leaves time for other clients. */
const PAUSE_MS = 200;
const SHOWN = new Set([10, 30, 50, 70, 80, 90, 95, 99, 99.9]);

/** `kith calibrate`: tells how well the people of a server are distinguished, and suggests thresholds. */
export function calibrateCommand(): Command {
  return withServer(new Command('calibrate'))
    .description('say how many strangers would be taken for one of your people, and suggest a threshold')
    .addHelpText(
      'after',
      `\nThe key needs the scope "admin". Nothing is changed.\n${examples('kith calibrate', 'kith calibrate --json')}`,
    )
    .action(async (options: ServerOptions) => {
      const accuracy = await complete(options);
      show(options, accuracy, () => linesOf(accuracy));
    });
}

async function complete(options: ServerOptions): Promise<AccuracyAnswer> {
  const server = serverOf(options);
  const bar = startProgress({ total: 100, unit: '% compared' });
  let shown = 0;
  try {
    for (;;) {
      const accuracy = await server.json<AccuracyAnswer>({ method: 'GET', path: '/api/accuracy' });
      if (accuracy.complete) return accuracy;
      const percent = Math.floor(accuracy.progress * 100);
      bar.advance(percent - shown);
      shown = percent;
      await sleep(PAUSE_MS);
    }
  } finally {
    bar.stop();
  }
}

function linesOf(accuracy: AccuracyAnswer): string[] {
  const { now, compared, people, match_trust } = accuracy;
  if (now.strangers === null) {
    return [
      `${compared} people were compared, of ${people}. At least 20 are needed to say how many strangers are accepted.`,
      ...closestLines(accuracy),
      ...doubtfulLines(accuracy),
    ];
  }
  const rows = [...accuracy.thresholds.filter(({ trust }) => SHOWN.has(trust) && trust !== match_trust), now];
  const { recent } = accuracy;
  return [
    `At trust ${match_trust}, ${oneIn(now.strangers)} strangers would be accepted as one of your ${people} people.`,
    ...(compared < people ? [`Seen on ${compared} people, chosen at random.`] : []),
    '',
    ...table([
      ['trust', 'strangers accepted', 'recognitions lost', 'unknown faces named'],
      ...rows
        .sort((a, b) => a.trust - b.trust)
        .map(({ trust, strangers, lost, gained }) => [
          trust === match_trust ? `${trust} (in use)` : trust,
          strangers === null ? null : oneIn(strangers),
          trust > match_trust ? lost : null,
          trust < match_trust ? gained : null,
        ]),
    ]),
    `The last two are of ${recent.known} recognitions and ${recent.unknown} unknown faces of the last ${recent.days} days.`,
    '',
    ...accuracy.suggestions.map(({ one_in, trust }) =>
      trust === null
        ? `No threshold accepts only 1 in ${one_in.toLocaleString('en')} strangers.`
        : `For 1 in ${one_in.toLocaleString('en')} strangers: trust ${trust}.`,
    ),
    ...closestLines(accuracy),
    ...doubtfulLines(accuracy),
  ];
}

type Person = AccuracyAnswer['doubtful'][number]['person'];
const nameOf = ({ name, user_id, person_id }: Person) => `${name ?? user_id ?? 'Person'} (${person_id})`;

function closestLines({ closest }: AccuracyAnswer): string[] {
  if (closest.length === 0) return [];
  return [
    '',
    'Most alike:',
    ...closest.map(
      ({ people, trust, likely_one }) =>
        `  ${people.map(nameOf).join(' and ')}, trust ${trust}${likely_one ? ': probably one person' : ''}`,
    ),
  ];
}

function doubtfulLines({ doubtful, single, compared }: AccuracyAnswer): string[] {
  const alone = single > 0 ? ['', `${single} of ${compared} people have only one sample.`] : [];
  if (doubtful.length === 0) return alone;
  return [
    ...alone,
    '',
    'Who needs better samples:',
    ...doubtful.flatMap(({ person, more_samples, disagreeing }) => [
      ...(more_samples > 0 ? [`  ${samplesWantedText(nameOf(person), more_samples)}`] : []),
      ...(disagreeing.length > 0
        ? [`  ${nameOf(person)}: these samples do not look like the others: ${disagreeing.join(', ')}.`]
        : []),
    ]),
  ];
}
