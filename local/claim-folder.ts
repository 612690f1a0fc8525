import { rmSync, writeFileSync } from 'node:fs';

// Imported into Azurite's process before Azurite: as long as it runs, a file in its folder names the process. Who starts
// the next one clears away what a crash has left of it (folder-claim.ts).

const file = process.env['AZURITE_CLAIM_FILE'];
if (file !== undefined) {
  writeFileSync(file, String(process.pid), { flag: 'wx' });
  process.once('exit', () => rmSync(file, { force: true }));
}
