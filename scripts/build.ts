import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build as bundle, type Plugin } from 'esbuild';

/** Beside the bundle; its files bear hashes, so those of an earlier build are removed. */
const CHUNKS = 'chunks';

/**
 * Bundles the app into the file that the Functions worker loads, with a few chunks beside it: few files and little to
 * parse make the cold start short. ESM, because dependencies resolve from `import.meta.url`; the banner gives CommonJS ones their `require`.
 */
export async function build(
  outfile = 'dist/index.mjs',
  {
    entryPoint = 'functions/main.ts',
    sourcemap = true,
    plugins = [],
  }: { readonly entryPoint?: string; readonly sourcemap?: boolean; readonly plugins?: Plugin[] } = {},
): Promise<void> {
  await rm(join(dirname(outfile), CHUNKS), { recursive: true, force: true });
  await bundle({
    plugins,
    entryPoints: [{ in: entryPoint, out: basename(outfile, '.mjs') }],
    outdir: dirname(outfile),
    outExtension: { '.js': '.mjs' },
    // What is imported on demand gets a file of its own, which costs nothing until it is wanted.
    splitting: true,
    chunkNames: `${CHUNKS}/[name]-[hash]`,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'esm',
    minify: true,
    keepNames: true,
    sourcemap: sourcemap && 'linked',
    legalComments: 'linked',
    // The worker provides it, and only to `require`.
    external: ['@azure/functions-core'],
    banner: {
      js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await build();
