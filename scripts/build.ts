import { rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
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
    plugins: [...plugins, appComesFirst(resolve(entryPoint))],
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

/** What the app itself loads on demand. What its packages load so shares nothing with it. */
const OUR_OWN = /^\.{1,2}\/.*\.ts$/;

/**
 * Has what is loaded on demand import the app, which is there by then. Unaware of that, esbuild would put what both need
 * into files of their own, one for each set of chunks that need it, and every start would read them all.
 */
function appComesFirst(app: string): Plugin {
  return {
    name: 'app comes first',
    setup({ onResolve, onLoad, resolve: find }) {
      onResolve({ filter: OUR_OWN }, async ({ path, kind, importer, resolveDir, pluginData }) => {
        if (kind !== 'dynamic-import' || pluginData === 'found') return undefined;
        const found = await find(path, { kind, importer, resolveDir, pluginData: 'found' });
        return { ...found, suffix: '?after-app' };
      });
      onLoad({ filter: /\.ts$/ }, ({ path, suffix }) => {
        if (suffix !== '?after-app') return undefined;
        const contents = `import ${JSON.stringify(app)}; export * from ${JSON.stringify(path)};`;
        return { contents, resolveDir: dirname(path) };
      });
    },
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await build();
