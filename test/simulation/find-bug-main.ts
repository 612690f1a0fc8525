import { findBug } from './find-bug.ts';
import { PROFILE_NAMES } from './generate-scenario.ts';

// Run in a patched copy of the source: the bug is in the app itself.
const profile = PROFILE_NAMES.find(name => name === process.argv[2]);
console.log(JSON.stringify(await findBug(profile === undefined ? {} : { profile })));
