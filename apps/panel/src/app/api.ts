import { createClient } from '@vakhta/api';
import { chosenOrganisation } from './organisation.ts';
import { learnServerTime } from './server-time.ts';

/** The one client of the panel: this page's server, the session's cookie. */
export const api = createClient({
  server: '',
  organisation: chosenOrganisation,
  fetch: async (...request) => {
    const response = await fetch(...request);
    learnServerTime(response);
    return response;
  },
});
