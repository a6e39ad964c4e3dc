'use client';
import qrCode from 'qrcode';
import { useEffect, useState } from 'react';

/** A QR code, dark on white in both themes: many scanners cannot read inverted codes. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const [source, setSource] = useState<string | null>(null);
  useEffect(() => {
    let gone = false;
    void qrCode.toString(text, { type: 'svg', margin: 2, errorCorrectionLevel: 'M' }).then((svg) => {
      if (!gone) setSource(`data:image/svg+xml,${encodeURIComponent(svg)}`);
    });
    return () => {
      gone = true;
    };
  }, [text]);
  return (
    <div className="size-56 overflow-hidden rounded-xl border bg-white">
      {source ? <img src={source} alt={label} className="size-full" /> : null}
    </div>
  );
}
