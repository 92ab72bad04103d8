export { type Cause, diagnose } from './causes.ts';
export { countOf, type Examination, medianDelay } from './examination.ts';
export { examine } from './examine.ts';
export { openCause } from './open-causes.ts';
