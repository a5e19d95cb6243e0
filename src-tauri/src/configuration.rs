//! The rights of the page, read from what is built into the binary (quality-bars S3): any deviation fails here.

use tauri::utils::config::{Config, Csp};

fn built() -> Config {
    let context: tauri::Context<tauri::Wry> = tauri::generate_context!(test = true);
    context.config().clone()
}

#[test]
fn s3_the_policy_names_the_app_itself_and_nothing_else() {
    let policy = built().app.security.csp.expect("there is a policy");
    let Csp::DirectiveMap(directives) = policy else {
        panic!("the policy is written as a map")
    };
    let wanted = [
        ("default-src", "'self'"),
        // The one line of style that hides the isolation frame: Tauri adds its sum to the frame's policy, not to the page's.
        (
            "style-src",
            "'self' 'sha256-YEercZJImS+vUX2bz7vkQ0aA4rtBIPLuCEWz+yraQ/g='",
        ),
        ("connect-src", "ipc: http://ipc.localhost"),
        ("object-src", "'none'"),
        ("base-uri", "'none'"),
        ("form-action", "'none'"),
        ("frame-ancestors", "'none'"),
    ];
    assert_eq!(directives.len(), wanted.len(), "{directives:?}");
    for (name, sources) in wanted {
        let found: Vec<String> = directives[name].clone().into();
        assert_eq!(found.join(" "), sources, "{name}");
    }
}

#[test]
fn s3_the_page_gets_no_short_cuts() {
    let config = built();
    assert!(!config.app.with_global_tauri);
    assert!(config.app.security.freeze_prototype);
    assert!(
        config.build.dev_url.is_none(),
        "with a devUrl, debug builds look for a server that is not there"
    );
    assert!(
        config.app.windows.is_empty(),
        "the one window is made in window.rs, with its guards"
    );
    assert!(!config.app.security.asset_protocol.enable);
    assert!(!config.app.macos_private_api);
    let text = include_str!("../tauri.conf.json");
    assert!(!text.contains("dangerous"), "no dangerous switch is used");
    assert!(text.contains(r#""use": "isolation""#));
}

#[test]
fn s3_the_one_window_may_call_the_core_and_hear_its_events() {
    let capability: serde_json::Value = serde_json::from_str(include_str!("../capabilities/main.json")).unwrap();
    assert_eq!(capability["windows"], serde_json::json!(["main"]));
    let permissions = serde_json::json!(["allow-call", "core:event:allow-listen", "core:event:allow-unlisten"]);
    assert_eq!(capability["permissions"], permissions);
    assert!(capability.get("remote").is_none());
    let files = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/capabilities"))
        .unwrap()
        .count();
    assert_eq!(files, 1, "there is one capability");
}

#[test]
fn s3_no_plugin_gives_the_page_files_programs_or_the_network() {
    let manifest = include_str!("../Cargo.toml");
    for plugin in ["shell", "http", "fs", "process", "sql", "store", "websocket", "upload"] {
        assert!(!manifest.contains(&format!("tauri-plugin-{plugin}")), "{plugin}");
    }
}
