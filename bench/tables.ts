/*
 * npm run bench:tables
 *
 * Regenerates the tables of docs/performance.md between `<!-- table NAME -->` and `<!-- end -->` from the lines in
 * bench/results/.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { markdownTable } from './lib/markdownTable';
import { type Line, readResults } from './lib/readResults';

const page = join(import.meta.dirname, '../docs/performance.md');
/** Generates each table; null where its benchmark was not run. */
const TABLES: Record<string, () => Promise<string | null>> = {
  search: async () =>
    table(
      (await readResults('search'))?.filter((line) => 'plain_loop_p50_ms' in line),
      {
        samples: ({ faces }) => show(faces),
        median: ({ p50_ms }) => `${show(p50_ms)} ms`,
        '95 %': ({ p95_ms }) => `${show(p95_ms)} ms`,
        'plain loop': ({ plain_loop_p50_ms }) => `${show(plain_loop_p50_ms)} ms`,
        faster: ({ ratio }) => `${show(ratio)}×`,
        'memory a sample': ({ bytes_per_face }) => `${show(bytes_per_face)} B`,
      },
    ),
  'search-more': async () => {
    const lines = (await readResults('search'))?.filter(
      (line) => 'faces_in_picture' in line || 'searching_without_pause' in line,
    );
    return table(lines && [Object.assign({}, ...lines)], {
      samples: ({ faces }) => show(faces),
      'five faces together': ({ p50_ms }) => `${show(p50_ms)} ms`,
      'searches a second without pause': ({ searches_per_second }) => show(searches_per_second),
      'timers late meanwhile, 99 %': ({ event_loop_delay_p99_ms }) => `${show(event_loop_delay_p99_ms)} ms`,
    });
  },
  catchup: async () =>
    table(await readResults('catchup'), {
      changes: ({ changes }) => show(changes),
      'caught up in': ({ catch_up_seconds }) => `${show(catch_up_seconds)} s`,
      'the feed read alone': ({ baseline_seconds }) => `${show(baseline_seconds)} s`,
      'a search, nothing new': ({ search_p50_ms }) => `${show(search_p50_ms)} ms`,
      'after one enrolment': ({ search_after_a_change_p50_ms }) => `${show(search_after_a_change_p50_ms)} ms`,
    }),
  recall: async () =>
    table(await readResults('recall'), {
      samples: ({ faces }) => show(faces),
      'recall@1': ({ recall_at_1 }) => show(recall_at_1),
      'of strangers': ({ recall_at_1_strangers }) => show(recall_at_1_strangers),
      'a search, median': ({ p50_ms }) => `${show(p50_ms)} ms`,
      'exact matcher': ({ baseline_ms }) => `${show(baseline_ms)} ms`,
      'loaded and indexed in': ({ load_seconds }) => `${show(load_seconds)} s`,
    }),
  http: async () => {
    const lines = (await readResults('http'))?.filter((line) => 'path' in line && !('measured' in line));
    return table(lines, {
      call: ({ path, faces }) =>
        `\`${path}\`${faces === undefined ? '' : faces === 0 ? ', nothing new' : `, ${show(faces)} faces`}`,
      connections: ({ connections }) => show(connections),
      'a second': ({ per_second }) => show(per_second),
      median: ({ p50_ms }) => `${show(p50_ms)} ms`,
      '95 %': ({ p95_ms }) => `${show(p95_ms)} ms`,
      '99 %': ({ p99_ms }) => `${show(p99_ms)} ms`,
      memory: ({ memory_mb }) => `${show(memory_mb)} MB`,
      'to the baseline': ({ ratio }) => show(ratio),
    });
  },
  'http-added': async () =>
    table(
      (await readResults('http'))?.filter(({ measured }) => measured === 'a match beside its vision'),
      {
        'vision alone': ({ vision_p50_ms }) => `${show(vision_p50_ms)} ms`,
        'a match': ({ match_p50_ms }) => `${show(match_p50_ms)} ms`,
        added: ({ added_ms }) => `${show(added_ms)} ms`,
      },
    ),
  overload: async () =>
    table(
      (await readResults('http'))?.filter(({ measured }) => measured === 'overload'),
      {
        connections: ({ connections }) => show(connections),
        answered: ({ answered }) => show(answered),
        'refused with 503': ({ refused }) => show(refused),
        'a refusal takes': ({ refused_p50_ms }) => `${show(refused_p50_ms)} ms`,
        'anything else': ({ others }) => show(others),
        'a match a second later': ({ match_after_it_ms }) => `${show(match_after_it_ms)} ms`,
      },
    ),
  start: async () => {
    const lines = await readResults('start');
    return table(lines && [Object.assign({}, ...lines.toReversed())], {
      'ready, median': ({ ready_p50_ms }) => `${show(ready_p50_ms)} ms`,
      'at most': ({ ready_most_ms }) => `${show(ready_most_ms)} ms`,
      'first match': ({ first_p50_ms }) => `${show(first_p50_ms)} ms`,
      'more than later ones': ({ more_ms }) => `${show(more_ms)} ms`,
    });
  },
  soak: async () =>
    table((await readResults('soak'))?.slice(-1), {
      samples: ({ samples }) => show(samples),
      matches: ({ matches }) => show(matches),
      'enrolled and deleted': ({ enrolments_and_deletions }) => show(enrolments_and_deletions),
      'second quarter': ({ baseline_mb }) => `${show(baseline_mb)} MB`,
      'last quarter': ({ last_quarter_mb }) => `${show(last_quarter_mb)} MB`,
      ratio: ({ ratio }) => show(ratio),
      'most ever': ({ most_mb }) => `${show(most_mb)} MB`,
    }),
  import: async () =>
    table(
      (await readResults('import'))?.filter((line) => 'ratio' in line),
      {
        'rows behind': ({ rows_behind }) => show(rows_behind),
        'rows a second': ({ per_second }) => show(per_second),
        'recogniser alone': ({ baseline_per_second }) => show(baseline_per_second),
        ratio: ({ ratio }) => show(ratio),
        'memory grown': ({ memory_grown_mb }) => `${show(memory_grown_mb)} MB`,
      },
    ),
  scan: async () =>
    table(
      (await readResults('scan'))?.filter(({ measured }) => measured === 'frames a second'),
      {
        'faces in the picture': ({ faces_followed }) => show(faces_followed),
        'frames a second': ({ fps }) => show(fps),
        aim: ({ aim_fps }) => show(aim_fps),
        'face-api (SSD, 68 points)': ({ baseline_fps }) => show(baseline_fps),
        ratio: ({ ratio }) => show(ratio),
      },
    ),
  lists: async () => {
    const both = await Promise.all(['lists-pglite', 'lists-postgres'].map(readResults));
    const [embedded, postgres] = both.map((lines) => new Map(lines?.map((line) => [line.list, line.p50_ms])));
    const rows: Line[] = [...(embedded ?? [])].flatMap(([list, ms]) =>
      list === undefined || ms === undefined ? [] : [{ list, ms, other: postgres?.get(list) ?? '' }],
    );
    const isShown = ({ list }: Line) => /baseline|feed|overview/.test(String(list));
    const slowest = rows
      .filter((row) => !isShown(row))
      .sort((a, b) => Number(b.ms) - Number(a.ms))
      .slice(0, 5);
    return table([...rows.filter(isShown), ...slowest], {
      list: ({ list }) => String(list),
      embedded: ({ ms }) => `${show(ms)} ms`,
      'on PostgreSQL': ({ other }) => `${show(other)} ms`,
    });
  },
  console: async () =>
    table(await readResults('console'), {
      step: ({ step }) => String(step),
      median: ({ p50_ms }) => `${show(p50_ms)} ms`,
      '95 %': ({ p95_ms }) => `${show(p95_ms)} ms`,
      'first tenth': ({ first_tenth_ms }) => (first_tenth_ms === undefined ? '' : `${show(first_tenth_ms)} ms`),
      'last tenth': ({ last_tenth_ms }) => (last_tenth_ms === undefined ? '' : `${show(last_tenth_ms)} ms`),
      'blocked at most': ({ longest_blocked_ms: ms }) => (ms === undefined ? '' : `${show(ms)} ms`),
      elements: ({ elements }) => (elements === undefined ? '' : show(elements)),
    }),
  nodes: async () =>
    table(await readResults('nodes'), {
      nodes: ({ nodes }) => show(nodes),
      cores: ({ cores }) => show(cores),
      'matches a second': ({ per_second }) => show(per_second),
      'to one node': ({ ratio }) => show(ratio),
      'memory a node': ({ memory_mb_a_node }) => `${show(memory_mb_a_node)} MB`,
      'answers compared': ({ answers_compared }) => show(answers_compared),
      wrong: ({ answers_wrong }) => show(answers_wrong),
    }),
};

let text = await readFile(page, 'utf8');
for (const [name, make] of Object.entries(TABLES)) {
  const made = await make();
  if (made === null) console.log(`${name}: not run yet`);
  else text = text.replace(new RegExp(`(<!-- table ${name} -->\n)[^]*?(\n<!-- end -->)`), `$1\n${made}\n$2`);
}
await writeFile(page, text);

function table(lines: Line[] | null | undefined, columns: Record<string, (line: Line) => string>): string | null {
  if (!lines || lines.length === 0) return null;
  return markdownTable(
    Object.keys(columns),
    lines.map((line) => Object.values(columns).map((column) => column(line))),
  );
}

/** Formats a number for the page. */
function show(value: number | string | undefined): string {
  const number = Number(value);
  return Math.abs(number) >= 100 ? Math.round(number).toLocaleString('en') : String(Number(number.toPrecision(3)));
}
