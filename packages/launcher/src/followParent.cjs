// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

// Preloaded into sandbox and backend: when the launcher is gone, however it
// went, its children end too. Without it, kill -9 of the launcher orphans them.
if (process.channel) {
  process.channel.unref();
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
}
