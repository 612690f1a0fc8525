import { EMULATOR_USAGE, parseEmulatorOptions } from './emulator-options.ts';
import { startEmulator } from './start-emulator.ts';

async function run(): Promise<void> {
  const parsed = parseEmulatorOptions(process.argv.slice(2));
  if (parsed.kind === 'help') {
    console.log(EMULATOR_USAGE);
    return;
  }
  if (parsed.kind === 'error') {
    console.error(`${parsed.message}\n\n${EMULATOR_USAGE}`);
    process.exitCode = 2;
    return;
  }
  const emulator = await startEmulator(parsed.options);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => void emulator.close().then(() => process.exit(0)));
  }
  console.log(`The ACS emulator listens on ${emulator.url} (seed ${emulator.seed}). Ctrl-C stops it.`);
  console.log(`Connection string, for local use only: ${emulator.connectionString}`);
  const { audience, jwksUrl } = emulator.tokens;
  console.log(`Tokens of GA: CALLBACK_JWT_AUDIENCE=${audience} CALLBACK_JWT_JWKS_URL=${jwksUrl}`);
  console.log(`What happens: ${emulator.url}/emulator/summary, /emulator/log, /emulator/calls`);
}

run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
