import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { build } from './build.ts';

const TARGET = 'out/app';

/**
 * Makes the folder that is deployed: the bundle, host.json and a package.json without dependencies. Nothing of it is
 * built in Azure, and nothing of local/ or test/ is in it.
 */
async function makePackage(): Promise<void> {
  await rm(TARGET, { recursive: true, force: true });
  await mkdir(TARGET, { recursive: true });
  await build(`${TARGET}/dist/index.mjs`, { sourcemap: false });
  await Promise.all(['host.json', 'LICENSE'].map(file => cp(file, `${TARGET}/${file}`)));
  const { name, version, license, type, engines, main } = JSON.parse(
    await readFile('package.json', 'utf8'),
  ) as Record<string, unknown>;
  const minimal = { name, version, private: true, license, type, engines, main };
  await writeFile(`${TARGET}/package.json`, `${JSON.stringify(minimal, null, 2)}\n`);
  console.log(`The app is in ${TARGET}.`);
}

await makePackage();
