#!/usr/bin/env bash
# A private session for the real window: its own display, bus, unlocked keyring and home, so that nothing leaks between runs.
set -euo pipefail
SESSION_ROOT=$(mktemp -d)
# The toolchain stays where it was installed, although the home is another one.
export CARGO_HOME=${CARGO_HOME:-$HOME/.cargo} RUSTUP_HOME=${RUSTUP_HOME:-$HOME/.rustup}
export SESSION_ROOT
export HOME=$SESSION_ROOT/home XDG_DATA_HOME=$SESSION_ROOT/data XDG_CONFIG_HOME=$SESSION_ROOT/config
export XDG_CACHE_HOME=$SESSION_ROOT/cache XDG_RUNTIME_DIR=$SESSION_ROOT/run
mkdir -p "$HOME" "$XDG_DATA_HOME" "$XDG_CONFIG_HOME" "$XDG_CACHE_HOME" "$XDG_RUNTIME_DIR"
chmod 700 "$XDG_RUNTIME_DIR"
# Software drawing: the same pictures on every machine, with or without a graphics card.
export WEBKIT_DISABLE_DMABUF_RENDERER=1 GDK_BACKEND=x11
unset WAYLAND_DISPLAY
# The folder goes when the session ends; the keyring's own process ends with its bus.
trap 'rm -rf "$SESSION_ROOT"' EXIT
xvfb-run -a -s "-screen 0 1440x900x24 -nolisten tcp" dbus-run-session -- bash -c '
  printf "test\n" | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
  "$@"' _ "$@"
