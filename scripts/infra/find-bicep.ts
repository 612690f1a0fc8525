import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

/** The snapshot was made with it; others may predict in other words. */
export const BICEP_VERSION = '0.49.2';

/** A Bicep that runs, or why there is none. */
export type FoundBicep =
  | { readonly path: string; readonly version: string }
  | { readonly path: undefined; readonly reason: string };

/**
 * Finds Bicep: what `BICEP` names, what is on the PATH, the NuGet package that is there already, or the package fetched
 * with `dotnet`, which Bicep itself does without.
 */
export function findBicep(env: NodeJS.ProcessEnv = process.env): FoundBicep {
  const candidates = [env['BICEP'], 'bicep', packagedBicep(env)];
  for (const path of candidates) {
    const version = path === undefined || path === '' ? undefined : versionOf(path);
    if (path !== undefined && version !== undefined) return { path, version };
  }
  if (spawnSync('dotnet', ['--version']).status !== 0) {
    return { path: undefined, reason: 'neither bicep nor dotnet is on the PATH' };
  }
  const problem = fetchPackage();
  const path = packagedBicep(env);
  const version = versionOf(path);
  if (version !== undefined) return { path, version };
  return { path: undefined, reason: `its NuGet package cannot be fetched: ${problem}` };
}

function versionOf(path: string): string | undefined {
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' });
  return status === 0 ? /version (\S+)/.exec(stdout)?.[1] : undefined;
}

function packageName(): string {
  const system = { darwin: 'osx', win32: 'win' }[process.platform as string] ?? 'linux';
  return `Azure.Bicep.CommandLine.${system}-${process.arch}`;
}

function packagedBicep(env: NodeJS.ProcessEnv): string {
  const packages = env['NUGET_PACKAGES'] ?? join(homedir(), '.nuget', 'packages');
  const file = process.platform === 'win32' ? 'bicep.exe' : 'bicep';
  const path = join(packages, packageName().toLowerCase(), BICEP_VERSION, 'tools', file);
  // NuGet unpacks without the mode.
  if (existsSync(path) && process.platform !== 'win32') chmodSync(path, 0o755);
  return path;
}

function fetchPackage(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ringback-bicep-'));
  try {
    const project = join(folder, 'bicep.csproj');
    writeFileSync(
      project,
      `<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net8.0</TargetFramework></PropertyGroup>
       <ItemGroup><PackageDownload Include="${packageName()}" Version="[${BICEP_VERSION}]" /></ItemGroup></Project>`,
    );
    const { stdout } = spawnSync('dotnet', ['restore', project], { encoding: 'utf8' });
    return stdout.trim().split('\n').at(-1) ?? '';
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
