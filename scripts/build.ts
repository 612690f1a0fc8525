import { pathToFileURL } from 'node:url';
import { build as bundle } from 'esbuild';

/**
 * Bundles the app into the one file that the Functions worker loads: few files and little to parse make the cold start
 * short. ESM, because dependencies resolve from `import.meta.url`; the banner gives CommonJS ones their `require`.
 */
export async function build(
  outfile = 'dist/index.mjs',
  {
    entryPoint = 'functions/main.ts',
    sourcemap = true,
  }: { readonly entryPoint?: string; readonly sourcemap?: boolean } = {},
): Promise<void> {
  await bundle({
    entryPoints: [entryPoint],
    outfile,
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
