// Loaded into every process the launcher starts: when the launcher is gone, however it ended, so are they. Who has nothing left to do ends
// all the same: the wait for the launcher's end keeps nobody.
process.on('disconnect', () => {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.exit(1), 5_000).unref();
});
process.channel?.unref();
