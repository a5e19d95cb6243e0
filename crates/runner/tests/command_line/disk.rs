//! A disk that refuses writes under the real program: every file may grow to a size and no further, so that opening, the
//! middle of the work and its end each meet a write error of the operating system (quality-bars R3 #27 and #28, R5).

use std::path::Path;
use std::process::Stdio;

use crate::program::{Ran, command, passerelle};

/// The program under a shell that lets no file grow beyond so many blocks; the signal that goes with it is ignored, as
/// when a disk is full.
fn limited(workspace: &Path, blocks: u32, words: &[&str]) -> Ran {
    let program = command(workspace, words);
    let mut shell = std::process::Command::new("/bin/sh");
    shell
        .args(["-c", "trap '' XFSZ; ulimit -f \"$0\"; exec \"$@\""])
        .arg(blocks.to_string())
        .arg(program.get_program())
        .args(program.get_args())
        .env_clear()
        .stdin(Stdio::null());
    let output = shell.output().unwrap();
    Ran {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
fn r3_27_r3_28_r5_wherever_writing_fails_the_program_says_so_and_goes_on_when_there_is_room() {
    for blocks in [300, 3_000, 7_000] {
        let folder = tempfile::tempdir().unwrap();
        let sync = ["sync", "--demo", "--lang", "en"];
        let ran = limited(folder.path(), blocks, &sync);
        assert!(matches!(ran.code, 1 | 2), "{blocks} blocks: {ran:?}");
        let said = [ran.out.as_str(), ran.err.as_str()].concat();
        assert!(
            said.contains("could not be kept") || said.contains("could not be read or written"),
            "{blocks} blocks: nobody was told: {said}"
        );
        assert!(!said.contains("panicked"), "{said}");
        let again = passerelle(folder.path(), &["--quiet", "sync", "--demo"]);
        assert!(matches!(again.code, 0 | 1), "{blocks} blocks: {again:?}");
        let doctor = passerelle(folder.path(), &["doctor", "--demo"]);
        assert_eq!(doctor.code, 0, "{blocks} blocks: {doctor:?}");
    }
}
