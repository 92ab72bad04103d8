const policy = (directives: Record<string, string>): string =>
  Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');

/** For every answer that is not the panel's page: it is data, and nothing in it is to be run or shown as a page. */
export const DATA_POLICY = policy({ 'default-src': "'none'", 'frame-ancestors': "'none'" });

/**
 * For the panel's page. Styles need the nonce because Mantine adds style elements; no inline script, no inline style
 * attribute and no eval is let through.
 */
export const pagePolicy = (nonce: string): string =>
  policy({
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': `'self' 'nonce-${nonce}'`,
    'img-src': "'self' blob:",
    'font-src': "'self'",
    'connect-src': "'self'",
    'manifest-src': "'self'",
    'base-uri': "'none'",
    'form-action': "'self'",
    'frame-ancestors': "'none'",
  });
