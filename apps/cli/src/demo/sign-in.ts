import { createClient, Session, sessionRoutes, tokenRoutes } from '@vakhta/api';
import { AppError } from '@vakhta/kernel';

/** Signs in as a person of the demo and makes them an API token, as a browser would. */
export async function makeToken(
  server: string,
  { email, password }: { email: string; password: string },
  organisation: string,
): Promise<string> {
  const response = await fetch(`${server}/api/v1${sessionRoutes.signIn.path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  if (!response.ok)
    throw new AppError(
      'demo.sign_in',
      `${email} of the demo can not sign in with the password kept in demo-secrets.json (HTTP ${response.status})`,
    );
  Session.parse(await response.json());
  const cookie = response.headers
    .getSetCookie()
    .map((one) => one.split(';', 1)[0])
    .join('; ');
  const made = await createClient({
    server,
    organisation: () => organisation,
    // The client leaves cookies to the browser; here they are given by hand.
    fetch: (input, init) =>
      fetch(input, { ...init, headers: { ...(init?.headers as Record<string, string>), cookie } }),
  }).call(tokenRoutes.createToken, { body: { name: 'Demo' } });
  return made.secret;
}
