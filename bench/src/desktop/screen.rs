//! The display as a person sees it: when the picture is complete, and the close button.

use std::time::{Duration, Instant};

use anyhow::Context;
use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{AtomEnum, ClientMessageEvent, ConnectionExt as _, EventMask, ImageFormat, Window};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

/// Every so many pixels in both directions are compared.
const STEP: usize = 8;
/// The share of pixels that may still change afterwards: a caret, a clock.
const STILL: f64 = 0.98;
/// How long a start is watched at most.
const WATCH: Duration = Duration::from_secs(30);
/// How long the picture must rest until a start is over.
const REST: Duration = Duration::from_secs(4);

/// Waits without a runtime.
#[allow(
    clippy::disallowed_methods,
    reason = "measuring on the machine's own clock is what a bench is for"
)]
pub fn pause(milliseconds: u64) {
    std::thread::sleep(Duration::from_millis(milliseconds));
}

/// Seconds from calling `start` until the whole screen looked as it does in the end.
#[allow(
    clippy::disallowed_methods,
    reason = "measuring on the machine's own clock is what a bench is for"
)]
pub fn seconds_to_picture<T>(start: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<(f64, T)> {
    let (connection, screen) = x11rb::connect(None)?;
    let began = Instant::now();
    let started = start()?;
    // Every picture that differs from the one before it.
    let mut seen = vec![(began.elapsed(), picture(&connection, screen)?)];
    while began.elapsed() < WATCH {
        let (since, last) = seen.last().context("the screen was seen")?;
        if seen.len() > 1 && began.elapsed().saturating_sub(*since) > REST {
            break;
        }
        let picture = picture(&connection, screen)?;
        if picture != *last {
            seen.push((began.elapsed(), picture));
        }
        pause(5);
    }
    let (_, last) = seen.last().context("the screen was seen")?;
    let complete = seen
        .iter()
        .rposition(|(_, picture)| alike(picture, last) < STILL)
        .context("nothing was drawn in the time that a start is watched")?
        + 1;
    let (at, _) = seen.get(complete).context("the picture came to rest")?;
    Ok((at.as_secs_f64(), started))
}

fn picture(connection: &RustConnection, screen: usize) -> anyhow::Result<Vec<[u8; 3]>> {
    let screen = &connection.setup().roots[screen];
    let (width, height) = (screen.width_in_pixels, screen.height_in_pixels);
    let image = connection
        .get_image(ImageFormat::Z_PIXMAP, screen.root, 0, 0, width, height, u32::MAX)?
        .reply()?;
    let row = usize::from(width) * 4;
    let picked = image.data.chunks_exact(row).step_by(STEP);
    Ok(picked
        .flat_map(|line| {
            line.chunks_exact(4)
                .step_by(STEP)
                .map(|pixel| [pixel[0], pixel[1], pixel[2]])
        })
        .collect())
}

#[allow(clippy::cast_precision_loss, reason = "some thousand pixels")]
fn alike(one: &[[u8; 3]], other: &[[u8; 3]]) -> f64 {
    let same = one.iter().zip(other).filter(|(one, other)| one == other).count();
    same as f64 / other.len().max(1) as f64
}

/// Presses the close button of the window with this title; there is no window manager, so its message is sent.
pub fn close(title: &str) -> anyhow::Result<()> {
    let (connection, screen) = x11rb::connect(None)?;
    let window = find(&connection, screen, title)?.with_context(|| format!("{title} is shown"))?;
    let atom = |name: &str| anyhow::Ok(connection.intern_atom(false, name.as_bytes())?.reply()?.atom);
    let data = [atom("WM_DELETE_WINDOW")?, x11rb::CURRENT_TIME, 0, 0, 0];
    let message = ClientMessageEvent::new(32, window, atom("WM_PROTOCOLS")?, data);
    connection.send_event(false, window, EventMask::NO_EVENT, message)?;
    // A round trip: a server that sees the line closed drops what it has not read yet.
    connection.sync()?;
    Ok(())
}

fn find(connection: &RustConnection, screen: usize, title: &str) -> anyhow::Result<Option<Window>> {
    let mut open = vec![connection.setup().roots[screen].root];
    while let Some(window) = open.pop() {
        open.extend(connection.query_tree(window)?.reply()?.children);
        let name = connection
            .get_property(false, window, AtomEnum::WM_NAME, AtomEnum::ANY, 0, 64)?
            .reply();
        let shown = connection.get_window_attributes(window)?.reply();
        let is_shown = shown.is_ok_and(|facts| facts.map_state == x11rb::protocol::xproto::MapState::VIEWABLE);
        if is_shown && name.is_ok_and(|name| name.value == title.as_bytes()) {
            return Ok(Some(window));
        }
    }
    Ok(None)
}
