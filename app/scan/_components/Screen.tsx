import type { ReactNode } from 'react';

/** A full-page message: an icon, what is wrong, what to do. */
export function Screen({
  icon,
  title,
  children,
  actions,
  testId,
}: {
  icon: ReactNode;
  title: string;
  children: ReactNode;
  actions?: ReactNode;
  testId?: string;
}) {
  return (
    <main
      data-testid={testId}
      className="grid min-h-dvh place-items-center bg-canvas px-[max(1.5rem,env(safe-area-inset-left),env(safe-area-inset-right))] pt-[max(1.5rem,env(safe-area-inset-top))] pb-[max(1.5rem,env(safe-area-inset-bottom))]"
    >
      <div
        className={`grid w-full max-w-sm gap-6 ${actions ? 'short:max-w-3xl short:grid-cols-2 short:items-center short:gap-x-10' : ''}`}
      >
        <div className="flex flex-col gap-6 short:gap-4">
          <div className="grid size-14 place-items-center rounded-2xl bg-accent-soft text-accent [&_svg]:size-7">
            {icon}
          </div>
          <div className="flex flex-col gap-2">
            <h1 className="text-balance font-semibold text-2xl text-ink tracking-tight">{title}</h1>
            <div className="flex flex-col gap-2 text-pretty text-base text-muted leading-relaxed">{children}</div>
          </div>
        </div>
        {actions && <div className="flex flex-col gap-3">{actions}</div>}
      </div>
    </main>
  );
}
