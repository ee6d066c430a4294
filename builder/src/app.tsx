import { MantineProvider } from '@mantine/core';
import { QueryCache, QueryClientProvider, MutationCache } from '@tanstack/react-query';
import { RouterProvider } from 'react-router/dom';
import { ApiProblem } from './api-client.js';
import { FreshQueryClient } from './fresh-query-client.js';
import { router } from './routes.js';
import { sessionQuery } from './session.js';
import { cssVariables, theme } from './ui/theme.js';

/** A session that ended elsewhere shows as 401 on whatever is asked next: then the pages give way to the sign-in. */
function noticeEnd(problem: unknown): void {
  if (problem instanceof ApiProblem && problem.status === 401) client.setQueryData(sessionQuery.queryKey, (me) => (me ? null : me));
}

const client = new FreshQueryClient({
  queryCache: new QueryCache({ onError: noticeEnd }),
  mutationCache: new MutationCache({ onError: noticeEnd }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // Worth a second try: no answer, or a server that is not ready. What it refused it refuses again.
      retry: (count, problem) => count < 2 && problem instanceof ApiProblem && (problem.status === 0 || problem.status >= 502),
    },
  },
});

/** The whole page. */
export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
