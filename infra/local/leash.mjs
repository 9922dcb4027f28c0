// Loaded into every process the launcher starts: when the launcher is gone, however it ended, so are they.
process.on('disconnect', () => {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.exit(1), 5_000).unref();
});
