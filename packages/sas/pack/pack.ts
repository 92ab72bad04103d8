/** `npm run tarball -w packages/sas`: makes what is published, a tarball, in the folder it is run from. */
import { makeTarball } from '../../../tools/pack/make-tarball.ts';
import { stageSas } from './stage-sas.ts';

await makeTarball(stageSas);
