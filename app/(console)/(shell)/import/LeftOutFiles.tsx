import { groupLeftOut, LEFT_OUT, type LeftOut } from '@/lib/shared/text/leftOut';
import { counted } from './counted';

/** Files named at most of each kind. */
const MOST_NAMES = 200;

/** Which files are not used, why, and what to do about it. */
export function LeftOutFiles({ files }: { files: readonly LeftOut[] }) {
  if (files.length === 0) return null;
  return (
    <ul className="mt-3 flex flex-col gap-2 text-sm" aria-label="Left out">
      {groupLeftOut(files).map(({ reason, paths }) => {
        const { one, many, advice } = LEFT_OUT[reason];
        return (
          <li key={reason} className={reason === 'system' ? 'text-muted' : 'rounded-lg bg-warn-soft px-3.5 py-2.5'}>
            <details>
              <summary className="cursor-pointer">
                Left out: {counted(paths.length, one, many)}.{advice ? ` ${advice}` : ''}
              </summary>
              <ul className="mt-1 max-h-48 overflow-y-auto pl-4 text-[13px] break-words">
                {paths.slice(0, MOST_NAMES).map((path) => (
                  <li key={path}>{path}</li>
                ))}
                {paths.length > MOST_NAMES ? <li>and {paths.length - MOST_NAMES} more</li> : null}
              </ul>
            </details>
          </li>
        );
      })}
    </ul>
  );
}
