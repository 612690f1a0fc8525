import './require-node.mjs';

await import('./doctor.ts');
