'use strict';
// Preloaded into child processes that are forked with an IPC channel: the channel closes when the parent is gone,
// even if it was killed, and no child is left behind. The channel itself must not keep a finished child alive.

/** How long a child that ends cleanly at SIGTERM may take: Azurite keeps its data in memory for seconds. */
const SHUTDOWN_TIMEOUT_MS = 10_000;

process.channel?.unref();
process.once('disconnect', () => {
  setTimeout(() => process.exit(1), SHUTDOWN_TIMEOUT_MS).unref();
  // What the child says goes nowhere now: that must not end it halfway.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  // Emitted, not sent: on Windows the signal would end the process at once.
  if (!process.emit('SIGTERM', 'SIGTERM')) process.exit(0);
});
