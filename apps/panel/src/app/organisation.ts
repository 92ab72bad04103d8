const STORED = 'vakhta-organisation';

/** The organisation this device acts in, where the person belongs to several; their first unless chosen. */
export const chosenOrganisation = (): string | undefined => localStorage.getItem(STORED) ?? undefined;

/** Acts in another organisation from now on. Everything on the page belongs to the one before, so the page starts anew. */
export function chooseOrganisation(id: string | undefined): void {
  if (id === undefined) localStorage.removeItem(STORED);
  else localStorage.setItem(STORED, id);
  location.assign('/');
}
