import EntryLayout from './(console)/(entry)/layout';
import NotFound from './(console)/(shell)/not-found';

/** Shown for an unknown address. */
export default function UnknownAddress() {
  return (
    <EntryLayout>
      <NotFound />
    </EntryLayout>
  );
}
