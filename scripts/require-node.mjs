// Plain JavaScript that an old Node can read too: it ends the program in words where Node could not run TypeScript.
// npm scripts that run TypeScript run this first.
const version = process.versions.node;
const [major, minor] = version.split('.').map(Number);
// Type stripping needs no flag since 22.18, and in the 23 line since 23.6.
const isNewEnough = major > 23 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18);
if (!isNewEnough) {
  console.error(`Node ${version} is too old: Ringback needs Node 22.18 or newer.`);
  console.error(
    'Either run "npm ci" without --ignore-scripts and try again: the project brings a Node of its own.',
  );
  console.error('Or install Node 22.18 or newer (https://nodejs.org) and try again.');
  process.exit(1);
}
