//! The rights of the page, read from what is built into the binary (quality-bars S3): any deviation fails here.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value, json};
use tauri::ipc::Origin;
use tauri::utils::config::{Config, Csp};

const HERE: &str = env!("CARGO_MANIFEST_DIR");
/// All that the page may call: the core's one command, and hearing its events.
const RIGHTS: [&str; 3] = ["call", "plugin:event|listen", "plugin:event|unlisten"];

fn context() -> tauri::Context<tauri::Wry> {
    tauri::generate_context!(test = true)
}

fn built() -> Config {
    context().config().clone()
}

/// Every command that the shell or one of its plugins has, as a page would call it.
fn commands() -> BTreeSet<String> {
    let text = std::fs::read_to_string(Path::new(HERE).join("gen/schemas/acl-manifests.json")).unwrap();
    let manifests: Value = serde_json::from_str(&text).unwrap();
    let mut all = BTreeSet::new();
    for (key, manifest) in manifests.as_object().unwrap() {
        let permissions = manifest["permissions"].as_object().into_iter().flatten();
        for command in permissions.flat_map(|(_, one)| one["commands"]["allow"].as_array().cloned().unwrap_or_default())
        {
            let command = command.as_str().unwrap();
            all.insert(match key.as_str() {
                "__app-acl__" => command.to_owned(),
                plugin => format!("plugin:{}|{command}", plugin.strip_prefix("core:").unwrap_or(plugin)),
            });
        }
    }
    all
}

#[test]
fn s3_every_command_from_an_undeclared_window_or_another_page_is_refused() {
    let mut context = context();
    let rights = context.runtime_authority_mut();
    let commands = commands();
    assert!(commands.len() > 100, "{commands:?}");
    let mut allowed = BTreeSet::new();
    for command in &commands {
        for window in ["other", "main-2", "mai", "Main", "*", ""] {
            let access = rights.resolve_access(command, window, window, &Origin::Local);
            assert!(access.is_none(), "{command} from the window {window:?}");
        }
        for page in [
            "https://example.com/",
            "https://tauri.localhost.example.com/",
            "http://localhost:1420/",
        ] {
            let url = page.parse().unwrap();
            let access = rights.resolve_access(command, "main", "main", &Origin::Remote { url });
            assert!(access.is_none(), "{command} from {page}");
        }
        if rights.resolve_access(command, "main", "main", &Origin::Local).is_some() {
            allowed.insert(command.as_str());
        }
    }
    assert_eq!(
        allowed,
        BTreeSet::from(RIGHTS),
        "the one window may do this and nothing else"
    );
}

/// The whole section, so that a switch that nobody thought of is seen too.
#[test]
fn s3_the_security_section_is_this_and_nothing_more() {
    let text: Value = serde_json::from_str(include_str!("../tauri.conf.json")).unwrap();
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&text["app"]), ["withGlobalTauri", "windows", "security"]);
    let security = &text["app"]["security"];
    assert_eq!(keys(security), ["csp", "freezePrototype", "capabilities", "pattern"]);
    assert_eq!(security["capabilities"], json!(["main"]));
    let pattern = json!({ "use": "isolation", "options": { "dir": "isolation" } });
    assert_eq!(security["pattern"], pattern);
    assert_eq!(keys(&text["build"]), ["frontendDist", "beforeBuildCommand"]);
    let built = built();
    assert!(
        built.plugins.0.is_empty(),
        "no plugin is given rights by the configuration"
    );
    assert!(built.app.security.headers.is_none());
    assert!(
        built.app.security.dev_csp.is_none(),
        "debug builds have the same policy"
    );
    assert!(built.bundle.external_bin.is_none(), "no other program comes along");
    // A file for one system alone would be merged over this one.
    let others: Vec<String> = std::fs::read_dir(HERE)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.to_lowercase().starts_with("tauri.") && name != "tauri.conf.json")
        .collect();
    assert_eq!(others, Vec::<String>::new());
}

/// The inspector stays out of releases, and no other feature opens a door.
#[test]
fn s3_the_shell_is_built_with_these_features() {
    let manifest = include_str!("../Cargo.toml");
    let line = manifest.lines().find(|line| line.starts_with("tauri = ")).unwrap();
    assert!(
        line.contains(r#"features = ["tray-icon", "image-png", "isolation"]"#),
        "{line}"
    );
    let build = include_str!("../build.rs");
    assert!(build.contains(r#".commands(&["call"])"#), "the page has one command");
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
    let capability: Value = serde_json::from_str(include_str!("../capabilities/main.json")).unwrap();
    let keys: Vec<&String> = capability.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["$schema", "identifier", "description", "windows", "permissions"]);
    assert_eq!(capability["windows"], json!(["main"]));
    let permissions = json!(["allow-call", "core:event:allow-listen", "core:event:allow-unlisten"]);
    assert_eq!(capability["permissions"], permissions);
    let files = std::fs::read_dir(Path::new(HERE).join("capabilities")).unwrap().count();
    assert_eq!(files, 1, "there is one capability");
}

#[test]
fn s3_no_plugin_gives_the_page_files_programs_or_the_network() {
    let manifest = include_str!("../Cargo.toml");
    for plugin in ["shell", "http", "fs", "process", "sql", "store", "websocket", "upload"] {
        assert!(!manifest.contains(&format!("tauri-plugin-{plugin}")), "{plugin}");
    }
}
