import { setNonce } from 'get-nonce';

const element = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]');

/** The nonce of this page's Content-Security-Policy: without it the browser drops the style tags that Mantine adds. */
export const nonce = element?.nonce ?? '';

// The scroll lock below Mantine's dialogs asks this package, not Mantine.
setNonce(nonce);
