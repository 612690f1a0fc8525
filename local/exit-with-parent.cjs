'use strict';
// Preloaded into child processes that are forked with an IPC channel: the channel closes when the parent is gone,
// even if it was killed, and no child is left behind. The channel itself must not keep a finished child alive.
process.channel?.unref();
process.once('disconnect', () => process.exit(0));
