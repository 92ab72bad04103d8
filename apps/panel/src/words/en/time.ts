/** Words for ages, durations and sizes. */
export const time = {
  now: 'now',
  ago: {
    s: '{{n}} s ago',
    min: '{{n}} min ago',
    h: '{{n}} h ago',
    d: '{{n}} d ago',
  },
  unit: { ms: 'ms', s: 's', min: 'min', h: 'h', d: 'd' },
  never: 'never',
};
export const size = { B: 'B', kB: 'kB', MB: 'MB', GB: 'GB', TB: 'TB' };
