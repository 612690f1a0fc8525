import '../scripts/require-node.mjs';

await import('./emulator/main.ts');
