import '../scripts/require-node.mjs';

await import('./start.ts');
