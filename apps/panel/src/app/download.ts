import { ApiError } from '@vakhta/api';
import { chosenOrganisation } from './organisation.ts';

/** Takes a file from the API, below /api/v1. By a request of ours rather than a link: a link cannot name the organisation. */
export async function download(path: string, name: string): Promise<void> {
  const organisation = chosenOrganisation();
  const response = await fetch(`/api/v1${path}`, {
    headers: organisation ? { 'x-vakhta-organisation': organisation } : {},
  }).catch((cause: unknown) => {
    throw new ApiError(0, 'unreachable', 'the server was not reached', { cause });
  });
  if (!response.ok) throw new ApiError(response.status, 'internal', `HTTP ${response.status}`, {});
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
