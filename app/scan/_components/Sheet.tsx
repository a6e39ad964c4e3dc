import { X } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';

/**
 * A dialog: slides up from the bottom on a phone, centred on a tablet. A `wide` one uses the full width of a phone in
 * landscape, which is too low for a column.
 */
export function Sheet({
  title,
  wide = false,
  children,
  onClose,
}: {
  title: string;
  wide?: boolean;
  children: ReactNode;
  onClose: () => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (element && !element.open) element.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-label={title}
      onClose={onClose}
      onCancel={onClose}
      className={`rise-in m-0 mt-auto max-h-[85dvh] w-full max-w-none overflow-y-auto rounded-t-3xl border border-line bg-surface p-6 pb-[max(1.5rem,env(safe-area-inset-bottom))] text-ink shadow-float backdrop:bg-black/50 sm:m-auto sm:max-w-md sm:rounded-3xl short:max-h-[94dvh] short:p-5 ${wide ? 'short:max-w-3xl' : ''}`}
    >
      <div className="flex flex-col gap-5 short:gap-4">
        <header className="flex items-center justify-between gap-4">
          <h2 className="font-semibold text-lg tracking-tight">{title}</h2>
          <button
            type="button"
            aria-label="Close"
            onClick={onClose}
            className="-m-2 grid size-11 place-items-center rounded-full text-muted hover:bg-sunken"
          >
            <X className="size-5" />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
