import EntryLayout from './(console)/(entry)/layout';
import NotFound from './(console)/(shell)/not-found';

/** An address that no page has. */
export default function UnknownAddress() {
  return (
    <EntryLayout>
      <NotFound />
    </EntryLayout>
  );
}
