'use strict';
// Preloaded into the processes of the app, so that a test can tell them apart and end one of them.
console.log(`process ${process.pid} runs ${process.argv[1]}`);
