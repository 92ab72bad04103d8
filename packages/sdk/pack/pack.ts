/** `npm run tarball -w packages/sdk`: makes what is published, a tarball, in the folder it is run from. */
import { makeTarball } from '../../../tools/pack/make-tarball.ts';
import { stageSdk } from './stage-sdk.ts';

await makeTarball(stageSdk);
