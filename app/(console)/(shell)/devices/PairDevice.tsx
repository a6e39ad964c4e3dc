'use client';
import { QrCode } from 'lucide-react';
import QRCode from 'qrcode';
import { useState } from 'react';
import { createDevice } from '@/lib/contract/devices';
import { Button } from '../../_components/ui/Button';
import { CopyField } from '../../_components/ui/CopyField';
import { Dialog, DialogActions } from '../../_components/ui/Dialog';
import { ErrorNotice } from '../../_components/ui/ErrorNotice';
import { Field } from '../../_components/ui/Field';
import { Input } from '../../_components/ui/Input';
import { call } from '../../_lib/api';
import { useChange } from '../../_lib/useChange';

export function PairDevice() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="primary" onClick={() => setOpen(true)}>
        <QrCode aria-hidden />
        Pair device
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Pair device"
        description="Scan the code with the phone’s camera."
      >
        <PairForm onClose={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function PairForm({ onClose }: { onClose: () => void }) {
  const { run, error, pending } = useChange();
  const [name, setName] = useState('');
  const [pairing, setPairing] = useState<{ url: string; code: string; picture: string } | null>(null);

  if (pairing) {
    return (
      <>
        <img
          src={pairing.picture}
          alt="QR code that pairs the device"
          width={240}
          height={240}
          className="mx-auto rounded-xl bg-white p-3"
        />
        <p className="my-4 text-center text-sm text-muted">
          Good for ten minutes, once. Code: <span className="font-mono text-ink">{pairing.code}</span>
        </p>
        <CopyField label="Pairing link" value={pairing.url} />
        <DialogActions>
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        </DialogActions>
      </>
    );
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void run(async () => {
          const made = await call(createDevice, { body: { name } });
          const svg = await QRCode.toString(made.pairing_url, { type: 'svg', margin: 0 });
          setPairing({
            url: made.pairing_url,
            code: made.pairing_code,
            picture: `data:image/svg+xml;utf8,${encodeURIComponent(svg)}`,
          });
        });
      }}
    >
      <Field label="Name" hint="What people call it, such as “Front door”.">
        <Input required autoComplete="off" value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      {error ? <ErrorNotice error={error} className="mt-4" /> : null}
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" pending={pending}>
          Show QR code
        </Button>
      </DialogActions>
    </form>
  );
}
