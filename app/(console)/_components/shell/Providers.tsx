'use client';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useTheme } from 'next-themes';
import { Tooltip } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { Toaster } from 'sonner';

/**
 * One query cache for the console. Nothing is retried in the background, because errors are shown where they happen.
 */
export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: { queries: { staleTime: 10_000, retry: false }, mutations: { retry: false } },
      }),
  );
  const { resolvedTheme } = useTheme();
  return (
    <QueryClientProvider client={client}>
      <Tooltip.Provider>
        {children}
        <Toaster
          theme={resolvedTheme === 'dark' ? 'dark' : 'light'}
          position="bottom-right"
          closeButton
          toastOptions={{ classNames: { toast: '!bg-raised !border-line !text-ink', description: '!text-muted' } }}
        />
      </Tooltip.Provider>
    </QueryClientProvider>
  );
}
