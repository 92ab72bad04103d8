import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from '@vakhta/api';
import { sessionQuery } from './session.ts';

const MAX_RETRIES = 2;

/** One cache for what was asked of the server. An ended session anywhere leads back to the sign-in screen. */
export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: endSession }),
  mutationCache: new MutationCache({ onError: endSession }),
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (count, error) =>
        count < MAX_RETRIES && (!(error instanceof ApiError) || error.retry === 'safe'),
    },
  },
});

function endSession(error: Error): void {
  // Asked rather than believed: the request may have met the moment in which one session replaces another.
  if (error instanceof ApiError && error.code === 'not_signed_in')
    void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
}
