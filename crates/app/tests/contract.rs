//! The generated TypeScript is what the Rust types say.
use std::path::Path;

#[test]
fn the_generated_types_are_not_stale() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/lib/api/generated/contract.ts");
    let fresh = app::contract::typescript();
    if std::env::var_os("PASSERELLE_GENERATE").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &fresh).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(committed, fresh, "run `cargo xtask generate` and commit the result");
}

#[test]
fn every_command_names_types_that_exist() {
    let text = app::contract::typescript();
    for command in app::contract::COMMANDS {
        for name in [command.request, command.answer] {
            let declared =
                text.contains(&format!("export type {name} =")) || text.contains(&format!("export interface {name} "));
            assert!(declared, "{}: {name} is not exported", command.name);
        }
    }
}
