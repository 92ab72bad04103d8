import { encode } from 'uqr';
import css from './qr-code.module.css';

/** The quiet zone that readers need around it, in modules (ISO/IEC 18004). */
const QUIET = 4;

/** A text as a QR code: dark on light in both themes, since not every reader takes it inverted. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET });
  const dark = data
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('');
  return (
    <svg className={css.code} viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <path d={dark} />
    </svg>
  );
}
