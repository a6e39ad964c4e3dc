import {
  ArrowLeft,
  ArrowRight,
  Eye,
  ScanFace,
  ShieldAlert,
  UserRoundCheck,
  UserRoundPlus,
  UserRoundX,
} from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { type Headline, headlineText } from '@/lib/phone/recognition/headline';
import { wholeTrust } from '@/lib/shared/trust/wholeTrust';
import type { Challenge } from '@/lib/shared/vision/liveness';
import { Button } from './Button';
import { EnrolDialog } from './EnrolDialog';
import type { ScanView } from './useScan';

interface Look {
  icon: ReactNode;
  /** The text in large letters. */
  text: string;
  /** Uses smaller letters, so that a long text or several names fit. */
  isLong?: boolean;
  hint: string;
  tone: string;
}

const PROVE: Record<Challenge, { icon: ReactNode; text: string }> = {
  blink: { icon: <Eye />, text: 'Please blink' },
  'turn-left': { icon: <ArrowLeft />, text: 'Turn your head left' },
  'turn-right': { icon: <ArrowRight />, text: 'Turn your head right' },
};

/** @param isArriving the first sync has not ended, so an unknown face may still be found */
function lookOf(headline: Headline, { isArriving }: { isArriving: boolean }): Look | null {
  switch (headline.kind) {
    case 'nobody':
      return null;
    case 'looking':
      return {
        icon: <ScanFace />,
        text: 'Looking…',
        hint: isArriving ? 'Not all people are on this phone yet' : '',
        tone: 'bg-black/60 text-white',
      };
    case 'prove':
      return headline.challenge
        ? { ...PROVE[headline.challenge], hint: 'To show that you are not a photo', tone: 'bg-[#4338ca] text-white' }
        : { icon: <ScanFace />, text: 'Hold still…', hint: '', tone: 'bg-[#4338ca] text-white' };
    case 'known':
      return {
        icon: <UserRoundCheck />,
        text: headlineText(headline),
        isLong: headline.names.length > 1,
        hint: `Trust ${wholeTrust(headline.trust)}`,
        tone: 'bg-[#047857] text-white',
      };
    case 'mixed':
      return {
        icon: <UserRoundX />,
        text: headlineText(headline),
        isLong: true,
        hint: headline.unknown > 0 ? 'Not everybody is enrolled' : 'One of them may be a photo',
        tone: 'bg-[#b45309] text-white',
      };
    case 'unknown':
      return {
        icon: <UserRoundX />,
        text: headlineText(headline),
        hint: 'Not among the enrolled people',
        tone: 'bg-[#b45309] text-white',
      };
    case 'not-alive':
      return {
        icon: <ShieldAlert />,
        text: 'Liveness check failed',
        isLong: true,
        hint: 'This may be a photo',
        tone: 'bg-[#b91c1c] text-white',
      };
  }
}

/** Shows who is recognised now, in letters that can be read from two metres away. */
export function Result({ scan }: { scan: ScanView }) {
  const { state } = scan;
  const [enrolling, setEnrolling] = useState<number | null>(null);
  const { headline, settings } = state;
  const look = lookOf(headline, { isArriving: state.sync.succeededAt === null });
  const isDecided = headline.kind === 'known' || headline.kind === 'mixed' || headline.kind === 'unknown';
  const name = isDecided ? headlineText(headline) : '';
  const stranger = headline.kind === 'unknown' || headline.kind === 'mixed' ? headline.track : null;
  const mayEnrol = stranger !== null && settings?.scopes.includes('faces:enrol') && !state.local.kiosk;
  return (
    <>
      {/* For screen readers and tests: only who it is. */}
      <output data-testid="recognition" className="sr-only">
        {name}
      </output>
      {look && (
        <div
          data-testid="result"
          data-kind={headline.kind}
          className={`rise-in @container short:py-3 flex flex-wrap items-center gap-x-4 gap-y-3 py-4 pr-5 pl-[max(1.25rem,env(safe-area-inset-left))] sm:flex-nowrap sm:px-8 sm:py-6 [&>svg]:size-[clamp(2.5rem,6vw,4.5rem)] [&>svg]:shrink-0 ${look.tone}`}
        >
          {look.icon}
          <div className="min-w-0 flex-1">
            <p
              className={`line-clamp-3 text-balance break-words font-semibold leading-[1.05] tracking-tight ${look.isLong ? 'text-[clamp(1.75rem,6cqw,4rem)]' : 'text-[clamp(2.75rem,9cqw,6rem)]'}`}
            >
              {look.text}
            </p>
            <p className="min-h-5 text-sm sm:text-lg">{look.hint}</p>
          </div>
          {mayEnrol && (
            <Button look="white" className="w-full shrink-0 sm:w-auto" onClick={() => setEnrolling(stranger)}>
              <UserRoundPlus className="size-5" /> Add
            </Button>
          )}
        </div>
      )}
      {enrolling !== null && <EnrolDialog scan={scan} track={enrolling} onClose={() => setEnrolling(null)} />}
    </>
  );
}
