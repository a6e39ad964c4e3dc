import type { Enrolment } from '@/lib/phone/store/EnrolmentQueue';
import type { ScanView } from './useScan';

/** Lists people who were added on this device and are not in the gallery yet, with the server's response. */
export function Enrolments({ scan: { state, session } }: { scan: ScanView }) {
  if (state.enrolments.length === 0) return null;
  return (
    <section className="flex flex-col gap-2" data-testid="enrolments">
      <h3 className="font-medium text-muted text-sm">Added on this device</h3>
      <ul className="flex flex-col rounded-2xl border border-line text-sm">
        {state.enrolments.map((enrolment) => (
          <li key={enrolment.id} className="flex items-center gap-3 border-line border-b px-4 py-2.5 last:border-0">
            <div className="min-w-0 flex-1">
              <p className="truncate font-medium">{enrolment.name}</p>
              <p className={enrolment.status.kind === 'refused' ? 'text-bad' : 'text-muted'}>
                {wordsFor(enrolment.status)}
              </p>
            </div>
            {enrolment.status.kind !== 'sent' && (
              <button
                type="button"
                className="-mr-2 min-h-11 rounded-lg px-2 font-medium text-accent hover:bg-sunken"
                onClick={() => void session.forgetEnrolment(enrolment.id)}
              >
                {enrolment.status.kind === 'refused' ? 'Dismiss' : 'Remove'}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function wordsFor(status: Enrolment['status']): string {
  switch (status.kind) {
    case 'waiting':
      return 'Waits for the server';
    case 'sent':
      return 'On the server';
    case 'refused':
      return status.reason;
  }
}
