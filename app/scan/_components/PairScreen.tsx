import { Link2 } from 'lucide-react';
import { useId, useState } from 'react';
import { Button } from './Button';
import { OfflineNote } from './OfflineNote';
import { Screen } from './Screen';
import type { ScanView } from './useScan';

/** The first screen: pairs this device with the server. */
export function PairScreen({ scan: { state, session } }: { scan: ScanView }) {
  const [code, setCode] = useState('');
  const field = useId();
  const busy = state.phase === 'pairing';
  return (
    <Screen
      testId="unpaired"
      icon={<Link2 />}
      title="Pair this device"
      actions={
        <form
          className="flex flex-col gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            void session.pair(code);
          }}
        >
          <label htmlFor={field} className="font-medium text-ink text-sm">
            Pairing code
          </label>
          <input
            id={field}
            value={code}
            onChange={(event) => setCode(event.target.value.toUpperCase())}
            placeholder="ABCDE-12345"
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            aria-invalid={state.pairingError !== null}
            aria-describedby={`${field}-error`}
            className="min-h-14 rounded-xl border border-line-strong bg-surface px-4 text-center font-mono text-xl text-ink tracking-widest"
          />
          <p id={`${field}-error`} role="alert" className="min-h-5 text-bad text-sm">
            {state.pairingError}
          </p>
          <Button look="primary" type="submit" disabled={busy || code.trim().length < 10}>
            {busy ? 'Pairing…' : 'Pair'}
          </Button>
        </form>
      }
    >
      <p>Scan the QR code in the console under Devices, or type the code shown there.</p>
      <OfflineNote state={state.offline} />
    </Screen>
  );
}
