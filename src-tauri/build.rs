//! Makes the shell compile alone, and gives the page exactly one command.

use std::path::Path;

fn main() {
    // Without built screens the shell still compiles: `cargo xtask demo` builds them first.
    let screens = Path::new("../ui/dist");
    if !screens.join("index.html").exists() {
        let placeholder =
            "<!doctype html><title>Passerelle</title><p>The screens are not built yet: cargo xtask demo\n";
        std::fs::create_dir_all(screens)
            .and_then(|()| std::fs::write(screens.join("index.html"), placeholder))
            .expect("ui/dist can be written");
    }
    println!("cargo:rerun-if-changed=../ui/dist");
    let commands = tauri_build::AppManifest::new().commands(&["call"]);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(commands)).expect("tauri.conf.json is valid");
}
