// Every message from the page to the core passes here, out of the page's reach.
// Only the one command and the two event calls go on; anything else is answered by the core's refusal.
const allowed = new Set(["call", "plugin:event|listen", "plugin:event|unlisten"]);
window.__TAURI_ISOLATION_HOOK__ = (message) => (allowed.has(message.cmd) ? message : { ...message, cmd: "refused" });
