// What runs inside the measured page, ours and the peer's alike. It only watches: it changes nothing there.

/** Given to the page before anything of its own runs. */
export function watch() {
  const perform = performance;

  /** Whether a row with this text has a place in the window. */
  function inView(rows, text) {
    for (const row of document.querySelectorAll(rows)) {
      if (!row.textContent.includes(text)) continue;
      const box = row.getBoundingClientRect();
      if (box.height > 0 && box.top < innerHeight && box.bottom > 0) return true;
    }
    return false;
  }

  let painting = null;

  /** Begins to wait for an event of this kind, and after the last one for the paint that has a row with this text. */
  function lookFor(event, rows, text) {
    let since = null;
    const begin = (heard) => (since = heard.timeStamp);
    addEventListener(event, begin, true);
    painting = new Promise((done) => {
      const look = () => {
        if (since === null || !inView(rows, text)) return void requestAnimationFrame(look);
        // A message comes after the paint of this picture.
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          removeEventListener(event, begin, true);
          done(perform.now() - since);
        };
        port2.postMessage(null);
      };
      requestAnimationFrame(look);
    });
  }

  /** The milliseconds between the two. */
  const painted = () => painting;

  /** The milliseconds between pictures for so long, the most of these elements at a time, and how often rows changed. */
  function frames(milliseconds, rows, elements) {
    return new Promise((done) => {
      const between = [];
      let [first, before, most, moved, last] = [null, null, 0, 0, null];
      const tick = (now) => {
        first ??= now;
        if (before !== null) between.push(now - before);
        before = now;
        const row = document.querySelector(rows)?.getAttribute("aria-rowindex");
        if (row !== last) [last, moved] = [row, moved + 1];
        if (between.length % 10 === 0) most = Math.max(most, document.querySelectorAll(elements).length);
        if (now - first < milliseconds) requestAnimationFrame(tick);
        else done({ between, most, moved });
      };
      requestAnimationFrame(tick);
    });
  }

  const slowest = new Map();
  let counted = 0;

  /** From now on every key press, click and tap is measured up to its next paint. */
  function listen() {
    slowest.clear();
    counted = perform.interactionCount ?? 0;
    const hear = (list) => {
      for (const event of list.getEntries()) {
        if (!event.interactionId) continue;
        const known = slowest.get(event.interactionId);
        if (known === undefined || known.duration < event.duration)
          slowest.set(event.interactionId, {
            name: event.name,
            duration: event.duration,
            waited: event.processingStart - event.startTime,
            worked: event.processingEnd - event.processingStart,
          });
      }
    };
    new PerformanceObserver(hear).observe({ type: "event", durationThreshold: 16 });
  }

  /** What was heard: each interaction of 16 ms or more, and how many there were. */
  function heard() {
    const slow = [...slowest.values()];
    return { slow, count: Math.max(slow.length, (perform.interactionCount ?? 0) - counted) };
  }

  globalThis.watching = { lookFor, painted, frames, listen, heard };
}
