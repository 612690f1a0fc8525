import '../scripts/require-node.mjs';

await import('./doctor.ts');
