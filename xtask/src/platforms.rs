//! Windows and macOS code, type-checked from Debian, and the core's tests under wine.
//!
//! Debian carries a compiler together with the sources of its standard library; unpacked beside the project it can
//! compile for systems whose ready-made library is not installed here. Nothing is installed, nothing is linked for macOS.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::setup::{self, For};
use crate::shell::{self, Done, say};

const WINDOWS: &str = "x86_64-pc-windows-gnu";
const MACOS: &str = "aarch64-apple-darwin";

/// Debian's compiler with its library sources and the libraries that it needs itself.
const COMPILER: &[&str] = &[
    "rustc-web",
    "cargo-web",
    "rust-web-src",
    "libstd-rust-web-1.96",
    "libstd-rust-web-dev",
    "libllvm22",
    "libgit2-1.5",
    "libhttp-parser2.9",
    "libmbedcrypto7",
    "libmbedtls14",
    "libmbedx509-1",
    "libssh2-1",
];
const WINDOWS_TOOLS: &[&str] = &["gcc-mingw-w64-x86-64", "g++-mingw-w64-x86-64", "nasm", "wine64", "wine"];
/// The rooms whose tests say something about the system they run on.
const CORE: &[&str] = &[
    "domain", "wire", "amazon", "netsuite", "mapping", "flows", "store", "vault", "engine",
];

/// Checks both systems and tells what could not be done.
pub fn run() -> Done {
    if !shell::exists("apt-get") || std::env::consts::ARCH != "x86_64" || !cfg!(target_os = "linux") {
        return Err(
            "this chore unpacks Debian's own compiler and works on Debian (x86_64) only; \
                    elsewhere the release workflow builds on real Windows and macOS machines"
                .to_owned(),
        );
    }
    setup::prepare(For::Running)?;
    let tools = Tools {
        folder: shell::target().join("tools"),
    };
    tools.unpack_compiler()?;
    tools.write_stubs()?;
    let mut told = Vec::new();
    let mut judge = |what: &str, ended: Done| {
        told.push(match ended {
            Ok(()) => format!("ok      {what}"),
            Err(why) => format!("failed  {what}: {why}"),
        });
    };
    say("the whole app for macOS");
    judge("type check of the whole app for macOS", tools.check(MACOS));
    say("the whole app for Windows");
    match setup::with_apt(WINDOWS_TOOLS) {
        Ok(()) => {
            judge("type check of the whole app for Windows", tools.check(WINDOWS));
            say("the core's tests under wine");
            judge("the core's tests under wine", tools.test_under_wine());
        }
        Err(why) => judge("Windows", Err(why)),
    }
    println!("{}", told.join("\n"));
    if told.iter().all(|line| line.starts_with("ok")) {
        Ok(())
    } else {
        Err("not every platform could be checked".to_owned())
    }
}

struct Tools {
    folder: PathBuf,
}

impl Tools {
    fn unpack_compiler(&self) -> Done {
        let rust = self.folder.join("rust");
        if rust.join("usr/bin/rustc").exists() {
            return Ok(());
        }
        let packages = self.folder.join("debs");
        std::fs::create_dir_all(&packages).map_err(|error| error.to_string())?;
        say("fetching Debian's compiler (about 145 MB)");
        shell::run(
            Command::new("apt-get")
                .current_dir(&packages)
                .args(["-q", "download"])
                .args(COMPILER),
        )
        .map_err(|why| format!("{why}\nDebian's compiler could not be fetched; run `apt-get update` first"))?;
        for package in shell::files(&packages, &[".deb"]) {
            shell::run(Command::new("dpkg").arg("-x").arg(package).arg(&rust))?;
        }
        Ok(())
    }

    /// A check never links, so a C compiler that makes empty objects is enough for macOS.
    fn write_stubs(&self) -> Done {
        let stub = self.folder.join("stub");
        script(
            &stub.join("cc"),
            "out=; pre=\nwhile [ $# -gt 0 ]; do case \"$1\" in -o) out=$2; shift;; -E) pre=1;; esac; shift; done\n\
             [ -n \"$pre\" ] && echo clang\n[ -n \"$out\" ] && : > \"$out\"\nexit 0\n",
        )?;
        script(
            &stub.join("ar"),
            "for a in \"$@\"; do case \"$a\" in *.a) : > \"$a\";; esac; done\n",
        )
    }

    fn cargo(&self, verb: &str, target: &str) -> Command {
        let usr = self.folder.join("rust/usr");
        let stub = self.folder.join("stub");
        let mut command = shell::command(&usr.join("bin/cargo").to_string_lossy(), ".");
        command
            .args([verb, "-Zbuild-std=std,panic_unwind", "--locked", "--target", target])
            .env("LD_LIBRARY_PATH", usr.join("lib/x86_64-linux-gnu"))
            .env("RUSTC", usr.join("bin/rustc"))
            .env("RUSTDOC", usr.join("bin/rustdoc"))
            .env("RUSTC_BOOTSTRAP", "1")
            .env("CARGO_TARGET_DIR", shell::target().join("cross"))
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            // The toolchain that runs this chore must not speak for the other one.
            .env_remove("CARGO")
            .env_remove("RUSTUP_TOOLCHAIN");
        if target == MACOS {
            command
                .env("CC_aarch64_apple_darwin", stub.join("cc"))
                .env("CXX_aarch64_apple_darwin", stub.join("cc"))
                .env("AR_aarch64_apple_darwin", stub.join("ar"))
                .env("SDKROOT", &stub);
        }
        command
    }

    fn check(&self, target: &str) -> Done {
        shell::run(
            self.cargo("check", target)
                .args(["-p", "passerelle-desktop", "-p", "runner"]),
        )
    }

    fn test_under_wine(&self) -> Done {
        let wine = self.folder.join("wine");
        std::fs::create_dir_all(&wine).map_err(|error| error.to_string())?;
        let library = wine.join("bcryptprimitives.dll");
        if !library.exists() {
            // Wine 8 lacks this library, which every Rust program asks for its random numbers.
            let source = wine.join("random.c");
            std::fs::write(&source, RANDOM).map_err(|error| error.to_string())?;
            shell::run(
                Command::new("x86_64-w64-mingw32-gcc")
                    .args(["-shared", "-O2", "-o"])
                    .arg(&library)
                    .arg(&source)
                    .arg("-ladvapi32"),
            )?;
        }
        let runner = self.folder.join("wine-runner");
        let prefix = wine.join("prefix");
        script(
            &runner,
            &format!(
                "export WINEPREFIX='{}' WINEDEBUG=-all WINEPATH='{}'\nexec wine \"$@\"\n",
                prefix.display(),
                wine.display()
            ),
        )?;
        let mut command = self.cargo("test", WINDOWS);
        for room in CORE {
            command.args(["-p", room]);
        }
        shell::run(
            command
                .args(["--lib", "--tests", "--no-fail-fast"])
                .env("CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUNNER", runner),
        )
    }
}

const RANDOM: &str = "#include <windows.h>\n\
    BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);\n\
    __declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE bytes, SIZE_T count) {\n\
    \x20 while (count) {\n\
    \x20   ULONG part = count > 0x10000 ? 0x10000 : (ULONG)count;\n\
    \x20   if (!SystemFunction036(bytes, part)) return FALSE;\n\
    \x20   bytes += part; count -= part;\n\
    \x20 }\n\
    \x20 return TRUE;\n\
    }\n";

/// Writes an executable shell script.
fn script(path: &Path, body: &str) -> Done {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    }
    std::fs::write(path, format!("#!/bin/sh\n{body}")).map_err(|error| error.to_string())?;
    shell::run(Command::new("chmod").arg("+x").arg(path))
}
