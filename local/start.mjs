import './require-node.mjs';

await import('./start.ts');
