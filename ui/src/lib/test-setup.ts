// jsdom has no dialog element behaviour and no media queries or layout; the real ones are tried in the browser tests.
if (!("matchMedia" in window) || window.matchMedia === undefined) {
  Object.defineProperty(window, "matchMedia", {
    value: (query: string) => ({ matches: false, media: query, addEventListener() {}, removeEventListener() {} }),
  });
}

class NoResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
globalThis.ResizeObserver ??= NoResizeObserver;
