'use client';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { exportServer } from '@/lib/shared/contract/transfer';
import { Button } from '../../_components/ui/Button';
import { Choice } from './Choice';

/** A link, so that the browser streams the file to disk. */
export function ExportForm() {
  const [pictures, setPictures] = useState(true);
  const [all, setAll] = useState(true);
  const query = new URLSearchParams({ what: all ? 'all' : 'gallery', pictures: String(pictures) });
  return (
    <div className="grid gap-4 px-5 py-4">
      <Choice label="Pictures of samples" checked={pictures} onChange={setPictures} />
      <Choice label="Recognitions, devices, settings and webhooks" checked={all} onChange={setAll} />
      <div>
        <Button variant="primary" asChild>
          <a href={`${exportServer.path}?${query}`} download>
            <Download aria-hidden />
            Export
          </a>
        </Button>
      </div>
    </div>
  );
}
