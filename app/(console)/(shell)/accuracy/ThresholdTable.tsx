'use client';
import type { AccuracyAnswer } from '@/lib/shared/contract/accuracy';
import { oneIn } from '@/lib/shared/trust/oneIn';
import { Card, CardHeader } from '../../_components/ui/Card';
import { cn } from '../../_components/ui/cn';
import { StrangersPlot } from './StrangersPlot';

/** Thresholds in the table; the plot has all. */
const SHOWN = new Set([10, 30, 50, 70, 80, 90, 95, 99, 99.9]);
const HEADERS = ['Threshold', 'Strangers accepted', 'Recognitions lost', 'Unknown faces named'];

/** Strangers accepted over the threshold, as a plot and as a table. */
export function ThresholdTable({ accuracy: { thresholds, now, recent } }: { accuracy: AccuracyAnswer }) {
  const rows = [...thresholds.filter(({ trust }) => SHOWN.has(trust) && trust !== now.trust), now].sort(
    (a, b) => a.trust - b.trust,
  );
  return (
    <Card className="pb-5">
      <CardHeader
        title="Strangers accepted at each threshold"
        description="The part of strangers who would be taken for somebody you have enrolled."
      />
      <StrangersPlot thresholds={thresholds} now={now.trust} />
      <div className="mt-4 overflow-x-auto px-5">
        <table className="w-full text-sm tabular-nums">
          <caption className="sr-only">Strangers accepted at each threshold</caption>
          <thead>
            <tr className="border-b text-left text-xs text-muted">
              {HEADERS.map((header) => (
                <th key={header} scope="col" className="py-2 pr-4 font-medium">
                  {header}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ trust, strangers, lost, gained }) => (
              <tr key={trust} className={cn('border-b last:border-b-0', trust === now.trust && 'font-semibold')}>
                <th scope="row" className="py-2 pr-4 text-left font-[inherit]">
                  {trust}
                  {trust === now.trust ? ' (in use)' : ''}
                </th>
                <td className="py-2 pr-4">{strangers === null ? '–' : oneIn(strangers)}</td>
                <td className="py-2 pr-4">{trust > now.trust ? lost.toLocaleString('en') : '–'}</td>
                <td className="py-2 pr-4">{trust < now.trust ? gained.toLocaleString('en') : '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className="mt-3 text-[13px] text-muted">
          The last two columns say what the threshold would have done to the {recent.known.toLocaleString('en')}{' '}
          recognitions and {recent.unknown.toLocaleString('en')} unknown faces of the last {recent.days} days.
        </p>
      </div>
    </Card>
  );
}
