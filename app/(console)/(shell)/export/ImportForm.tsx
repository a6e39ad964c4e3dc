'use client';
import { type FormEvent, useState } from 'react';
import { EXPORT_TYPE, type ImportReport } from '@/lib/shared/contract/transfer';
import { Button } from '../../_components/ui/Button';
import { ErrorNotice } from '../../_components/ui/ErrorNotice';
import { Field } from '../../_components/ui/Field';
import { Input } from '../../_components/ui/Input';
import { Progress } from '../../_components/ui/Progress';
import { Choice } from './Choice';
import { ImportOutcome } from './ImportOutcome';
import { sendKithFile } from './sendKithFile';

export function ImportForm() {
  const [file, setFile] = useState<File | null>(null);
  const [restoreDeleted, setRestoreDeleted] = useState(false);
  const [progress, setProgress] = useState<{ done: number; total: number } | null>(null);
  const [report, setReport] = useState<ImportReport | null>(null);
  const [error, setError] = useState<unknown>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!file) return;
    setError(null);
    setReport(null);
    setProgress({ done: 0, total: 1 });
    try {
      setReport(
        await sendKithFile(file, { restoreDeleted, onProgress: (done, total) => setProgress({ done, total }) }),
      );
    } catch (failure) {
      setError(failure);
    } finally {
      setProgress(null);
    }
  }

  return (
    <form onSubmit={submit} className="grid gap-4 px-5 py-4">
      <Field label="File">
        <Input
          type="file"
          accept={`.gz,.ndjson,${EXPORT_TYPE}`}
          onChange={(event) => setFile(event.target.files?.[0] ?? null)}
        />
      </Field>
      <Choice label="Restore what was deleted here since" checked={restoreDeleted} onChange={setRestoreDeleted} />
      {progress ? <Progress label="Import" value={(progress.done / progress.total) * 100} /> : null}
      {error ? <ErrorNotice error={error} /> : null}
      {report ? <ImportOutcome report={report} /> : null}
      <div>
        <Button type="submit" variant="primary" disabled={!file} pending={progress !== null}>
          Import
        </Button>
      </div>
    </form>
  );
}
