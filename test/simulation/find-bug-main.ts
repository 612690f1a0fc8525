import { findBug } from './find-bug.ts';

// Run in a patched copy of the source: the bug is in the app itself.
console.log(JSON.stringify(await findBug()));
