//! What a person is asked is what Help and its pages say that they may be asked.

use app::contract::{CODES, Code};
use store::problems::{self, Problem, Tab};

use super::Scene;

/// More than any story asks.
const MANY: u32 = 10_000;

/// Every question that was ever asked stands in the list of codes, with its sentences and its buttons (CMN-24).
pub fn stand_in_help(scene: &Scene<'_>, found: &mut Vec<String>) -> anyhow::Result<()> {
    for tab in [Tab::NeedsYou, Tab::Retrying, Tab::Resolved, Tab::Ignored] {
        for group in scene.store.read(|db| problems::groups(db, tab))? {
            let members = scene
                .store
                .read(|db| problems::members(db, tab, &group.cause, 0, MANY))?;
            found.extend(members.iter().filter_map(unknown));
            // A run that breaks off by our own mistake tries again, and nobody else would notice.
            let faults = members.iter().filter(|problem| problem.code == "FAULT");
            found.extend(faults.map(|problem| format!("R1 {} broke off by a mistake of ours", problem.flow)));
        }
    }
    Ok(())
}

fn unknown(problem: &Problem) -> Option<String> {
    let asked = (problem.what.id.as_str(), problem.why.id.as_str());
    let Some(Code { cases, remedies, .. }) = CODES.iter().find(|code| code.code == problem.code) else {
        return Some(format!("CMN-24 Help knows no {}", problem.code));
    };
    let offered = problem.remedies.as_array().into_iter().flatten();
    let mut strange = offered.filter_map(|one| one["remedy"].as_str().filter(|word| !remedies.contains(word)));
    match strange.next() {
        _ if !cases.contains(&asked) => Some(format!(
            "CMN-24 Help does not know that {} asks {asked:?}",
            problem.code
        )),
        Some(remedy) => Some(format!(
            "CMN-24 Help does not know that {} offers {remedy}",
            problem.code
        )),
        None => None,
    }
}
