import type { ImportReport } from '@/lib/shared/contract/transfer';

const KINDS = [
  ['groups', 'Groups'],
  ['people', 'People'],
  ['samples', 'Samples'],
  ['pictures', 'Pictures'],
  ['events', 'Recognitions'],
  ['devices', 'Devices'],
  ['settings', 'Settings'],
  ['webhooks', 'Webhooks'],
] as const;

/** The result of an import, by kind. */
export function ImportOutcome({ report }: { report: ImportReport }) {
  const { changed_ids_count: changed, other_model: otherModel } = report;
  return (
    <div role="status" className="grid gap-2 text-sm">
      <table className="w-full text-left tabular-nums">
        <caption className="pb-1 text-left font-medium">Imported</caption>
        <thead className="text-[13px] text-muted">
          <tr>
            <td />
            <th scope="col">added</th>
            <th scope="col">already here</th>
            <th scope="col">left out</th>
          </tr>
        </thead>
        <tbody>
          {KINDS.map(([kind, label]) => (
            <tr key={kind}>
              <th scope="row" className="font-normal">
                {label}
              </th>
              <td>{report[kind].added}</td>
              <td>{report[kind].present}</td>
              <td>{report[kind].left_out}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {changed > 0 ? <p>{changed} got another ID, because theirs was taken here.</p> : null}
      {otherModel > 0 ? <p>{otherModel} samples are of another model and cannot be recognised.</p> : null}
    </div>
  );
}
