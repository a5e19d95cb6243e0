//! Every icon size from the SVG sources under `icons/`, so that no picture is made by hand.

use std::path::Path;
use std::process::Command;

use crate::shell::{self, Done};

/// The sizes of the plain pictures, in pixels.
const PICTURES: &[u32] = &[32, 128, 256, 512];
/// The sizes inside the Windows icon.
const WINDOWS: &[u32] = &[16, 24, 32, 48, 64, 256];
/// The kinds inside the macOS icon and their sizes; `ic11` to `ic14` are the doubled ones.
const MACOS: &[(&[u8; 4], u32)] = &[
    (b"ic11", 32),
    (b"ic12", 64),
    (b"ic07", 128),
    (b"ic13", 256),
    (b"ic08", 256),
    (b"ic14", 512),
    (b"ic09", 512),
    (b"ic10", 1024),
];
/// Tray pictures are drawn once, large enough for doubled screens.
const TRAY: u32 = 64;

/// Draws all of them; needs `rsvg-convert`.
pub fn run() -> Done {
    if !shell::exists("rsvg-convert") {
        return Err(
            "rsvg-convert draws the icons and is missing. On Debian: sudo apt-get install librsvg2-bin".to_owned(),
        );
    }
    let icons = shell::root().join("icons");
    let icon = icons.join("icon.svg");
    for size in PICTURES {
        write(&icons.join(format!("{size}.png")), &draw(&icon, *size)?)?;
    }
    let sizes = WINDOWS
        .iter()
        .map(|size| Ok((*size, draw(&icon, *size)?)))
        .collect::<Done<Vec<_>>>()?;
    write(&icons.join("icon.ico"), &windows_icon(&sizes))?;
    let kinds = MACOS
        .iter()
        .map(|(kind, size)| Ok((**kind, draw(&icon, *size)?)))
        .collect::<Done<Vec<_>>>()?;
    write(&icons.join("icon.icns"), &macos_icon(&kinds))?;
    for source in shell::files(&icons.join("tray"), &[".svg"]) {
        write(&source.with_extension("png"), &draw(&source, TRAY)?)?;
    }
    Ok(())
}

fn draw(source: &Path, size: u32) -> Done<Vec<u8>> {
    let size = size.to_string();
    let output = Command::new("rsvg-convert")
        .args(["--width", &size, "--height", &size, "--format", "png"])
        .arg(source)
        .output()
        .map_err(|error| error.to_string())?;
    if output.status.success() {
        Ok(output.stdout)
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

fn write(path: &Path, bytes: &[u8]) -> Done {
    std::fs::write(path, bytes).map_err(|error| format!("{}: {error}", path.display()))
}

/// An ICO file: a directory of sixteen bytes per picture, then the pictures as PNG.
fn windows_icon(pictures: &[(u32, Vec<u8>)]) -> Vec<u8> {
    let count = u16::try_from(pictures.len()).unwrap_or(u16::MAX);
    let mut file = vec![0, 0, 1, 0];
    file.extend(count.to_le_bytes());
    let mut offset = 6 + 16 * pictures.len();
    for (size, png) in pictures {
        // 256 is written as 0.
        let side = u8::try_from(*size).unwrap_or(0);
        file.extend([side, side, 0, 0, 1, 0, 32, 0]);
        file.extend(length(png.len()).to_le_bytes());
        file.extend(length(offset).to_le_bytes());
        offset += png.len();
    }
    for (_, png) in pictures {
        file.extend(png);
    }
    file
}

/// An ICNS file: a header, then each picture as PNG under its four letters.
fn macos_icon(pictures: &[([u8; 4], Vec<u8>)]) -> Vec<u8> {
    let total = 8 + pictures.iter().map(|(_, png)| png.len() + 8).sum::<usize>();
    let mut file = b"icns".to_vec();
    file.extend(length(total).to_be_bytes());
    for (kind, png) in pictures {
        file.extend(kind);
        file.extend(length(png.len() + 8).to_be_bytes());
        file.extend(png);
    }
    file
}

fn length(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_windows_icon_points_at_its_pictures() {
        let file = windows_icon(&[(16, vec![1, 2, 3]), (256, vec![4, 5])]);
        assert_eq!(file[4], 2);
        assert_eq!(file[6 + 16], 0, "256 pixels are written as 0");
        let offset = usize::from(file[6 + 16 + 12]);
        assert_eq!(&file[offset..], &[4, 5]);
    }

    #[test]
    fn a_macos_icon_says_its_own_length() {
        let file = macos_icon(&[(*b"ic07", vec![9; 10])]);
        assert_eq!(file.len(), 26);
        assert_eq!(file[4..8], [0, 0, 0, 26]);
        assert_eq!(file[12..16], [0, 0, 0, 18]);
    }
}
