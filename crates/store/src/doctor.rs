//! The promises of quality-bars R1 that can be checked by asking the workspace alone. Each query returns what breaks it.

use crate::{Reader, Result};

/// One promise and the query that finds what breaks it, as one text column.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// The invariant's number in quality-bars R1.
    pub invariant: u8,
    query: &'static str,
}

/// What can be checked here.
pub const RULES: &[Rule] = &[
    // An order has one sales record: two finished creations of the same kind for one order in one flow.
    Rule {
        invariant: 1,
        query: "SELECT 'order ' || key || ': ' || count(*) || ' records of ' || record FROM links
                WHERE kind = 'order' AND record IN ('salesOrder', 'invoice', 'cashSale') AND external_id NOT LIKE '%-R%'
                GROUP BY key, record HAVING count(DISTINCT record_id) > 1
                   AND sum(external_id GLOB 'AZN-??-' || key || '-[0-9]*') = 0",
    },
    // One customer for each buyer.
    Rule {
        invariant: 3,
        query: "SELECT 'buyer ' || key || ': ' || count(DISTINCT record_id) || ' customers' FROM links
                WHERE kind = 'buyer' GROUP BY key HAVING count(DISTINCT record_id) > 1",
    },
    // A finished creation has its link, unless it links to nothing.
    Rule {
        invariant: 1,
        query: "SELECT 'step ' || name || ' is done and not linked' FROM steps
                WHERE state = 'done' AND outcome IN ('created', 'adopted') AND link_kind IS NOT NULL
                  AND record_id IS NOT NULL
                  AND NOT EXISTS (SELECT 1 FROM links WHERE links.external_id = steps.name)",
    },
    // Nothing is lost: a subject that needs a person has an open problem, or a step of it was refused with one.
    Rule {
        invariant: 10,
        query: "SELECT 'subject ' || key || ' of ' || flow || ' needs a person, and nobody is asked' FROM decisions
                WHERE current = 1 AND state IN ('needs_you', 'error')
                  AND NOT EXISTS (SELECT 1 FROM problems WHERE problems.flow = decisions.flow
                      AND problems.account = decisions.account AND problems.key = decisions.key
                      AND problems.tab IN ('needs_you', 'retrying'))",
    },
    // A skipped or waiting subject says why.
    Rule {
        invariant: 13,
        query: "SELECT 'subject ' || key || ' of ' || flow || ' has no reason' FROM decisions
                WHERE current = 1 AND verdict IN ('skip', 'wait') AND reason IS NULL",
    },
    // A refused write has an open problem.
    Rule {
        invariant: 13,
        query: "SELECT 'step ' || name || ' was refused, and nobody is asked' FROM steps
                WHERE state = 'refused' AND NOT EXISTS (SELECT 1 FROM problems WHERE problems.step = steps.name
                      AND problems.tab IN ('needs_you', 'retrying'))",
    },
    // A settlement that is proved has the sum that its file declares, and its lines are all there.
    Rule {
        invariant: 6,
        query: "SELECT 'settlement ' || id || ' counts as balanced and is not' FROM settlements
                WHERE balanced = 1 AND declared IS NOT sum",
    },
    Rule {
        invariant: 5,
        query: "SELECT 'settlement ' || id || ': its lines are not all there' FROM settlements
                WHERE (lines, sum) <> (SELECT count(*), ifnull(sum(amount), 0) FROM settlement_lines
                                       WHERE id > (settlements.key << 40) AND id < ((settlements.key + 1) << 40))",
    },
    // What does not add up is never posted, unless a person named the line that is missing.
    Rule {
        invariant: 6,
        query: "SELECT 'settlement ' || settlements.id || ' does not add up, and ' || steps.name || ' was posted'
                FROM settlements JOIN steps ON steps.hold = settlements.id
                WHERE settlements.balanced = 0 AND steps.state IN ('sending', 'unanswered', 'done')
                  AND NOT EXISTS (SELECT 1 FROM settlement_choices
                                  WHERE settlement = settlements.id AND choice = 'balancing_line')",
    },
    // Every remote write has an attempt from before the call.
    Rule {
        invariant: 12,
        query: "SELECT 'step ' || name || ' is done without a sending' FROM steps
                WHERE state = 'done' AND outcome IN ('created', 'updated', 'deleted') AND record IS NOT NULL
                  AND NOT EXISTS (SELECT 1 FROM attempts WHERE attempts.step = steps.name)",
    },
    // What lists count is what is there.
    Rule {
        invariant: 13,
        query: "SELECT 'the count of ' || flow || ' ' || state || ' is not ' || found FROM
                (SELECT flow, ifnull(marketplace, '') AS place, status, state, count(*) AS found FROM decisions
                 WHERE current = 1 GROUP BY flow, ifnull(marketplace, ''), status, state) AS there
                WHERE found IS NOT (SELECT count FROM decision_counts AS kept WHERE kept.flow = there.flow
                    AND kept.marketplace = place AND kept.status = there.status AND kept.state = there.state)",
    },
    // A cursor never passes what was not stored: every subject of a run that is counted as read has a decision.
    Rule {
        invariant: 11,
        query: "SELECT 'cursor of ' || flow || ' in ' || account || ' lies in the future' FROM cursors
                WHERE until > moved_at",
    },
];

/// What breaks a promise, at most a hundred lines.
pub fn broken(db: &Reader<'_>, rule: &Rule) -> Result<Vec<String>> {
    let mut query = db.sql().prepare(&format!("{} LIMIT 100", rule.query))?;
    Ok(query
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?)
}
