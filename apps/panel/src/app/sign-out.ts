import { useMutation } from '@tanstack/react-query';
import { routes } from '@vakhta/api';
import { api } from './api.ts';

/** Ends the session on the server. The page starts anew, so that nothing of the person's stays in its memory. */
export const useSignOut = () =>
  useMutation({
    mutationFn: () => api.call(routes.signOut),
    onSuccess: () => location.assign('/sign-in'),
  });
